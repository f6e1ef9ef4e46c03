"""A reading club that talks, in memory and in PostgreSQL."""

from dataclasses import dataclass

import pytest

from adapters.postgres.database import Database
from adapters.postgres.queries.threads import PostgresThreadViews
from adapters.security.vault import EnvelopeVault
from application.friends.part_ways import BlockReader
from application.shared.unit_of_work import UnitOfWork
from application.threads.moderate import CloseThread, HidePost, ReopenThread, ShowPost
from application.threads.open_thread import OpenThread
from application.threads.see_threads import ReadPosts, SeeThreads
from application.threads.views import PostQuery, PostView, ThreadViews
from application.threads.write_post import Place, RevisePost, WithdrawPost, WritePost
from domain.meetings.attendee import Attendee
from domain.meetings.progress import Position, Unit
from domain.shared.ids import ClubId, MeetingId, PostId, ThreadId, UserId
from tests.contract.clubs.conftest import Village, shelved, village
from tests.fakes.threads import InMemoryThreadViews
from tests.fakes.work import InMemoryUnitOfWork

__all__ = ["shelved", "village"]  # the fixtures of the clubs' own suite


@dataclass
class Parlour:
    """One club with a host and a meeting, and what its members say there."""

    village: Village
    views: ThreadViews
    host: UserId
    club: ClubId
    meeting: MeetingId

    def __post_init__(self) -> None:
        unit_of_work, clock, ids = self.village.unit_of_work, self.village.clock, self.village.ids
        self.opens = OpenThread(unit_of_work, ids, clock)
        self.writes = WritePost(unit_of_work, ids, clock)
        self.revises = RevisePost(unit_of_work, clock)
        self.withdraws = WithdrawPost(unit_of_work)
        self.hides, self.shows = HidePost(unit_of_work), ShowPost(unit_of_work)
        self.closes, self.reopens = CloseThread(unit_of_work, clock), ReopenThread(unit_of_work)
        self.blocks = BlockReader(unit_of_work, clock)
        self.reads = ReadPosts(self.views)
        self.sees = SeeThreads(self.views, self.village.clubs)

    async def member(self, *, read: int | None = None, sealed: bool = False) -> UserId:
        """Somebody of the club who has read so many percent."""
        reader = await self.village.member(self.club)
        if read is not None:
            await self.has_read(reader, read, sealed=sealed)
        return reader

    async def has_read(
        self, reader: UserId, percent: int, *, meeting: MeetingId | None = None, sealed: bool = False
    ) -> None:
        await self.tells(reader, Position.told(Unit.PERCENT, percent, None), meeting=meeting, sealed=sealed)

    async def tells(
        self, reader: UserId, position: Position, *, meeting: MeetingId | None = None, sealed: bool = False
    ) -> None:
        now, where = self.village.clock.now(), meeting or self.meeting
        async with self.village.unit_of_work() as work:
            await work.meetings.read(where)
            attendee = await work.meetings.attendee(where, reader)
            attendee = attendee or Attendee.arriving(where, reader, now)
            attendee.note_progress(position, now)
            attendee.seal(sealed=sealed, at=now)
            await work.meetings.keep(attendee)

    async def thread(self, title: str = "The ball") -> ThreadId:
        return await self.opens(self.host, self.club, self.meeting, title)

    async def says(
        self, reader: UserId, thread: ThreadId, text: str = "Oh.", percent: int | None = None
    ) -> PostId:
        place = None if percent is None else Place(Unit.PERCENT, percent)
        return await self.writes(reader, thread, text, place)

    async def posts(self, reader: UserId, thread: ThreadId) -> list[PostView]:
        return list((await self.reads(PostQuery(thread_id=thread, reader=reader, limit=100))).items)

    async def heard(self, reader: UserId, thread: ThreadId) -> list[str | None]:
        """What she reads, post by post: None for what is not open to her."""
        return [post.text for post in await self.posts(reader, thread)]


@pytest.fixture
async def parlour(village: Village, unit_of_work: UnitOfWork, request: pytest.FixtureRequest) -> Parlour:
    host = await village.reader()
    club = await village.club(host, "The host", private=True)
    meeting = await village.meeting(club, host)
    if isinstance(unit_of_work, InMemoryUnitOfWork):
        return Parlour(village, InMemoryThreadViews(unit_of_work.work), host, club, meeting)
    database: Database = request.getfixturevalue("database")
    views = PostgresThreadViews(database, EnvelopeVault([b"k" * 32], b"i" * 32))
    return Parlour(village, views, host, club, meeting)
