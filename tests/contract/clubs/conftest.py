"""Reading clubs, in memory and in PostgreSQL: readers, works, doors and meetings."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from adapters.icalendar.writer import ICalendarWriter
from adapters.postgres.database import Database
from adapters.postgres.queries.calendars import PostgresCalendars
from adapters.postgres.queries.clubs import PostgresClubViews
from adapters.postgres.queries.meetings import PostgresMeetingViews
from adapters.postgres.queries.reminders import PostgresReminders
from adapters.postgres.statement import Statement
from adapters.security.random_secrets import RandomSecrets
from adapters.security.vault import EnvelopeVault
from adapters.system.ids import TimeOrderedIds
from application.clubs.found_club import FoundClub
from application.clubs.give_role import GiveRole
from application.clubs.invite import InviteByLink, WithdrawInvitation
from application.clubs.join_club import JoinClub, LeaveClub
from application.clubs.keep_door import KeepDoor
from application.clubs.revise_club import ReviseClub
from application.clubs.see_clubs import ListClubs, ListMembers, SeeClub
from application.clubs.views import ClubCard, ClubDetail, ClubQuery, ClubViews
from application.meetings.answer_meeting import AnswerMeeting
from application.meetings.calendars import Calendars, GiveCalendar, ReadCalendar, WithdrawCalendar
from application.meetings.change_meeting import CancelMeeting, CloseMeeting, OpenSeals, ReviseMeeting
from application.meetings.note_attendance import AttendByCode, NoteAttendance, SeeAttendanceCode
from application.meetings.note_progress import NoteProgress, ReadingNews
from application.meetings.remind_readers import Reminders, RemindReaders
from application.meetings.schedule_meeting import ScheduleMeeting
from application.meetings.see_meetings import ListAttendees, ListMeetings, SeeMeeting
from application.meetings.see_progress import SeeReadingCurve
from application.meetings.views import AttendeeView, MeetingDetail, MeetingViews
from application.notifications.ports import Mail, MailNotAccepted
from application.shared.unit_of_work import UnitOfWork
from domain.books.work import Work, WorkFacts
from domain.clubs.facts import ClubFacts
from domain.clubs.standing import ClubRole, Standing
from domain.meetings.arrangements import Arrangements
from domain.meetings.progress import Unit
from domain.meetings.status import Rsvp
from domain.shared.ids import ClubId, MeetingId, UserId, WorkId
from domain.users.email import EmailAddress
from domain.users.password import PasswordHash
from domain.users.user import User
from tests.builders import NOON
from tests.fakes.books import SHELVES
from tests.fakes.club_views import InMemoryClubViews, InMemoryMeetingViews
from tests.fakes.clubs import InMemoryReminders
from tests.fakes.time import StandingClock
from tests.fakes.work import InMemoryUnitOfWork

VAULT = EnvelopeVault([b"k" * 32], b"i" * 32)
IN_A_WEEK = NOON + timedelta(days=7)
_SHELF = Statement("""
INSERT INTO categories (slug, name, parent, position)
VALUES (%(slug)s, %(name)s, %(parent)s, %(position)s) ON CONFLICT DO NOTHING
""")
_EVENTS = Statement("SELECT name FROM outbox WHERE aggregate_id = %(id)s ORDER BY id")


class KeepingMailer:
    """The `Mailer` port, as far as reminders go."""

    def __init__(self) -> None:
        self.sent: list[Mail] = []
        self.away = False

    async def send(self, mail: Mail) -> bool:
        if self.away:
            raise MailNotAccepted("Not now.")
        self.sent.append(mail)
        return True


@dataclass
class Village:
    """What can be done and seen."""

    unit_of_work: UnitOfWork
    clubs: ClubViews
    meetings: MeetingViews
    calendars: Calendars
    reminders: Reminders
    database: Database | None
    mailer: KeepingMailer = field(default_factory=KeepingMailer)
    clock: StandingClock = field(default_factory=lambda: StandingClock(NOON))
    ids: TimeOrderedIds = field(default_factory=TimeOrderedIds)

    # -- people and works ----------------------------------------------------------------------------

    async def reader(self) -> UserId:
        """Somebody with an account, and so with a key for what she is called."""
        reader = UserId(uuid4())
        email = EmailAddress.parse(f"r{uuid4().hex}@example.org")
        user = User.register(reader, email, "Jane Fairfax", PasswordHash("unused"), NOON)
        async with self.unit_of_work() as work:
            await work.users.add(user)
        return reader

    async def readers(self, count: int) -> list[UserId]:
        """Many, in one transaction."""
        readers = [UserId(uuid4()) for _ in range(count)]
        async with self.unit_of_work() as work:
            for reader in readers:
                email = EmailAddress.parse(f"r{uuid4().hex}@example.org")
                await work.users.add(User.register(reader, email, "Jane", PasswordHash("unused"), NOON))
        return readers

    async def work(self, title: str = "Emma") -> WorkId:
        work_id = WorkId(uuid4())
        async with self.unit_of_work() as work:
            await work.works.add(Work(id=work_id, facts=WorkFacts(title=title, authors=(str(work_id),))))
        return work_id

    # -- clubs ---------------------------------------------------------------------------------------

    async def club(
        self,
        owner: UserId | None = None,
        display_name: str | None = None,
        **said: Any,  # noqa: ANN401 - any fact
    ) -> ClubId:
        facts = ClubFacts.parse(**{"name": f"Club {uuid4().hex}", **said})
        found = FoundClub(self.unit_of_work, self.ids, self.clock)
        return await found(owner or await self.reader(), facts, display_name)

    async def joins(
        self, reader: UserId, club: ClubId, display_name: str | None = None, invitation: str | None = None
    ) -> Standing:
        return await JoinClub(self.unit_of_work, self.clock)(reader, club, display_name, invitation)

    async def member(self, club: ClubId, display_name: str | None = None) -> UserId:
        """Somebody new, in the club whatever its door."""
        reader = await self.reader()
        async with self.unit_of_work() as work:
            found = await work.clubs.get(club)
            await work.clubs.keep(found.receive(None, reader, display_name, self.clock.now(), invited=True))
        return reader

    async def leaves(self, reader: UserId, club: ClubId) -> None:
        await LeaveClub(self.unit_of_work, self.clock)(reader, club)

    async def sees(self, club: ClubId, reader: UserId | None = None) -> ClubDetail:
        return await SeeClub(self.clubs, self.clock)(club, reader)

    async def listed(self, **wanted: Any) -> list[ClubCard]:  # noqa: ANN401 - any filter
        return list((await ListClubs(self.clubs)(ClubQuery(**wanted))).items)

    async def members(
        self, club: ClubId, reader: UserId, standing: Standing = Standing.MEMBER
    ) -> list[tuple[UserId, str | None, str]]:
        """Who stands so to it, as this reader sees them: id, name, role."""
        page = await ListMembers(self.clubs)(reader, club, standing, 100, None)
        return [(line.reader_id, line.display_name, line.role) for line in page.items]

    async def decides(self, host: UserId, club: ClubId, about: UserId, standing: Standing) -> Standing:
        return await KeepDoor(self.unit_of_work, self.clock)(host, club, about, standing)

    async def gives_role(self, owner: UserId, club: ClubId, about: UserId, role: ClubRole) -> None:
        await GiveRole(self.unit_of_work, self.clock)(owner, club, about, role)

    async def host(self, club: ClubId, owner: UserId) -> UserId:
        """Somebody new whom the owner made a host."""
        reader = await self.member(club)
        await self.gives_role(owner, club, reader, ClubRole.HOST)
        return reader

    async def invites(self, host: UserId, club: ClubId) -> str:
        return (await InviteByLink(self.unit_of_work, RandomSecrets(), self.clock)(host, club)).secret

    async def withdraws_invitation(self, host: UserId, club: ClubId) -> None:
        await WithdrawInvitation(self.unit_of_work)(host, club)

    async def revises(self, host: UserId, club: ClubId, seen: int | None = None, **said: Any) -> None:  # noqa: ANN401 - any fact
        facts = ClubFacts.parse(**{"name": "Another name", **said})
        await ReviseClub(self.unit_of_work, self.clock)(host, club, facts, seen)

    # -- meetings ------------------------------------------------------------------------------------

    async def meeting(
        self,
        club: ClubId,
        host: UserId,
        work_id: WorkId | None = None,
        *,
        at: datetime = IN_A_WEEK,
        zone: str = "Europe/London",
        **where: str,
    ) -> MeetingId:
        schedule = ScheduleMeeting(self.unit_of_work, self.ids, self.clock)
        return await schedule(
            host,
            club,
            work_id or await self.work(),
            starts_at=at,
            time_zone=zone,
            arrangements=Arrangements(**where),
        )

    async def answers(self, reader: UserId, meeting: MeetingId, rsvp: Rsvp = Rsvp.COMING) -> None:
        await AnswerMeeting(self.unit_of_work, self.clock)(reader, meeting, rsvp)

    async def sees_meeting(self, meeting: MeetingId, reader: UserId | None = None) -> MeetingDetail:
        return await SeeMeeting(self.meetings)(meeting, reader)

    async def meetings_of(
        self, club: ClubId, reader: UserId | None = None, *, over: bool = False
    ) -> list[MeetingId]:
        page = await ListMeetings(self.meetings, self.clubs, self.clock)(
            club, reader, over=over, limit=100, cursor=None
        )
        return [meeting.id for meeting in page.items]

    async def attendees(self, meeting: MeetingId, reader: UserId) -> list[AttendeeView]:
        return list((await ListAttendees(self.meetings, self.clock)(meeting, reader, 100, None)).items)

    async def moves(
        self,
        host: UserId,
        meeting: MeetingId,
        at: datetime,
        *,
        zone: str = "Europe/London",
        seen: int | None = None,
        **where: str,
    ) -> None:
        await ReviseMeeting(self.unit_of_work, self.clock)(
            host,
            meeting,
            starts_at=at,
            time_zone=zone,
            arrangements=Arrangements(**where),
            seen=seen,
        )

    async def cancels(self, host: UserId, meeting: MeetingId, seen: int | None = None) -> None:
        await CancelMeeting(self.unit_of_work, self.clock)(host, meeting, seen)

    async def closes(self, host: UserId, meeting: MeetingId) -> None:
        await CloseMeeting(self.unit_of_work, self.clock)(host, meeting)

    async def opens_seals(self, meeting: MeetingId) -> None:
        await OpenSeals(self.unit_of_work, self.clock)(meeting)

    async def ticks_off(
        self, host: UserId, meeting: MeetingId, about: UserId, *, attended: bool = True
    ) -> None:
        await NoteAttendance(self.unit_of_work, self.clock)(host, meeting, about, attended=attended)

    async def code_of(self, host: UserId, meeting: MeetingId) -> str:
        return await SeeAttendanceCode(self.unit_of_work, VAULT)(host, meeting)

    async def sends_code(self, reader: UserId, meeting: MeetingId, code: str) -> None:
        await AttendByCode(self.unit_of_work, VAULT, self.clock)(reader, meeting, code)

    async def reads(
        self,
        reader: UserId,
        meeting: MeetingId,
        unit: Unit | None = None,
        number: int | None = None,
        *,
        seen: int | None = None,
        **told: Any,  # noqa: ANN401 - any news
    ) -> None:
        news = ReadingNews(unit=unit, number=number, **told)
        await NoteProgress(self.unit_of_work, self.clock)(reader, meeting, news, seen)

    async def attendee(self, meeting: MeetingId, of: UserId, by: UserId | None = None) -> AttendeeView:
        return await ListAttendees(self.meetings, self.clock).one(meeting, of, by or of)

    async def curve(self, meeting: MeetingId, of: UserId, by: UserId | None = None) -> list[int]:
        """The fractions she told, oldest first."""
        points = await SeeReadingCurve(self.meetings, self.clock)(meeting, of, by or of)
        return [point.fraction for point in points]

    async def calendar(self, reader: UserId, club: ClubId | None = None) -> str:
        """Its secret."""
        give = GiveCalendar(self.calendars, self.clubs, RandomSecrets(), self.clock)
        return await give(reader, club)

    async def reads_calendar(self, secret: str) -> str:
        read = ReadCalendar(self.calendars, self.meetings, ICalendarWriter(), self.clock)
        return await read(secret)

    async def withdraws_calendar(self, reader: UserId, club: ClubId | None = None) -> None:
        await WithdrawCalendar(self.calendars)(reader, club)

    async def roster(self, meeting: MeetingId) -> list[tuple[UserId, str | None, str]]:
        """Who is in the meeting's club."""
        detail = await self.meetings.one(meeting, None)
        page = await self.clubs.members(detail.club_id, Standing.MEMBER, 100, None)
        return [(line.reader_id, line.display_name, line.role) for line in page.items]

    async def reminds_of(self, meeting: MeetingId) -> list[Mail]:
        """The relay has come by; what it sent about this meeting."""
        before = len(self.mailer.sent)
        await RemindReaders(
            reminders=self.reminders,
            meetings=self.meetings,
            unit_of_work=self.unit_of_work,
            mailer=self.mailer,
            clock=self.clock,
        )()
        return [mail for mail in self.mailer.sent[before:] if mail.key.startswith(str(meeting))]

    async def events(self, aggregate: UUID) -> list[str]:
        """The names of what was put into the outbox for it."""
        if self.database is not None:
            return [row.name for row in await self.database.all(_EVENTS, id=aggregate)]
        assert isinstance(self.unit_of_work, InMemoryUnitOfWork)
        told = [*self.unit_of_work.work.clubs.events, *self.unit_of_work.work.meetings.events]
        return [event.name for event in told if event.aggregate_id == aggregate]


@pytest.fixture(scope="session")
async def shelved(database: Database) -> Database:
    """With the categories that shops in memory have as well."""
    async with database.connection() as connection:
        for position, shelf in enumerate(SHELVES):
            await connection.run(
                _SHELF, slug=shelf.slug, name=shelf.name, parent=shelf.parent, position=1000 + position
            )
    return database


@pytest.fixture
def village(unit_of_work: UnitOfWork, request: pytest.FixtureRequest) -> Village:
    if isinstance(unit_of_work, InMemoryUnitOfWork):
        work = unit_of_work.work
        views = InMemoryClubViews(work), InMemoryMeetingViews(work)
        reminders = InMemoryReminders(work.clubs, work.meetings)
        return Village(unit_of_work, *views, work.calendars, reminders, None)
    database: Database = request.getfixturevalue("shelved")
    return Village(
        unit_of_work,
        PostgresClubViews(database, VAULT),
        PostgresMeetingViews(database, VAULT),
        PostgresCalendars(database),
        PostgresReminders(database),
        database,
    )
