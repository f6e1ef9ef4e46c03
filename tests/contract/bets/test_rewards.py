"""What readers earn by what they do for a meeting."""

from datetime import datetime, timedelta
from uuid import UUID

from application.bets.reactions import RewardComing, RewardReading
from application.outbox.ports import WaitingEvent
from application.points.pay_for_deeds import PayForAttendance, PayForReading
from domain.leaderboards.ports import LeaderboardViews, Ranking
from domain.leaderboards.season import season_of
from domain.meetings.status import Witness
from domain.points.grants import SEASON_BONUS, SIGN_UP
from domain.shared.ids import MeetingId, UserId
from tests.betting import Track
from tests.builders import NOON


def told(name: str, meeting: MeetingId, reader: UserId, **more: object) -> WaitingEvent:
    return WaitingEvent(1, name, UUID(str(meeting)), {"user_id": str(reader), **more}, NOON)


async def comes(track: Track, meeting: MeetingId, reader: UserId) -> None:
    """A host ticks her off, and the shop hears of it."""
    await track.came(meeting, reader)
    await hears_of(track, meeting, reader)


async def hears_of(track: Track, meeting: MeetingId, reader: UserId) -> None:
    reward = RewardComing(track.unit_of_work, PayForAttendance(track.unit_of_work, track.clock))
    assert await reward(told("attendance_noted", meeting, reader))


async def reads(track: Track, meeting: MeetingId, reader: UserId, credited: int) -> None:
    reward = RewardReading(track.unit_of_work, PayForReading(track.unit_of_work, track.clock))
    assert await reward(told("progress_noted", meeting, reader, credited=credited))


async def test_the_first_meeting_pays_once_and_the_third_of_a_season_its_bonus(track: Track) -> None:
    club = await track.club()
    reader = await track.member(club, points=0)
    for earned in (SIGN_UP, SIGN_UP, SIGN_UP + SEASON_BONUS, SIGN_UP + SEASON_BONUS):
        meeting = await track.meeting(club, timedelta(days=1))
        await comes(track, meeting, reader)
        await hears_of(track, meeting, reader)
        assert await track.balance(reader) == earned


async def test_meetings_of_other_seasons_earn_no_bonus(track: Track) -> None:
    club = await track.club()
    reader = await track.member(club, points=0)
    for days in (1, 2, 100):
        await comes(track, await track.meeting(club, timedelta(days=days)), reader)
    assert await track.balance(reader) == SIGN_UP


async def test_an_attendance_that_was_taken_back_before_it_was_heard_of_earns_nothing(track: Track) -> None:
    club = await track.club()
    reader, meeting = await track.member(club, points=0), await track.meeting(club)
    await track.came(meeting, reader)
    async with track.unit_of_work() as work:
        attendee = await work.meetings.attendee(meeting, reader)
        assert attendee is not None
        attendee.note_attendance(Witness.HOST, track.clock.now(), attended=False)
        await work.meetings.keep(attendee)
    await hears_of(track, meeting, reader)
    assert await track.balance(reader) == 0


async def test_reading_on_earns_a_point_a_percent_and_shows_on_the_leaderboard(
    track: Track, leaderboards: LeaderboardViews
) -> None:
    club = await track.club()
    reader, meeting = await track.member(club, points=0), await track.meeting(club)
    for credited in (250_000, 100_000, 250_000, 400_000):
        await reads(track, meeting, reader, credited)
    assert await track.balance(reader) == 40
    now: datetime = track.clock.now()
    [best] = await leaderboards.best(season_of(now), club, Ranking.READING, offset=0, limit=5)
    assert (best.reader, best.reading) == (reader, 40)
