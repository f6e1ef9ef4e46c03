"""An erased account, in memory and in PostgreSQL: what refuses it, what goes with it, what stays."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import uuid4

import pytest

from adapters.postgres.database import Database
from adapters.postgres.queries.calendars import PostgresCalendars
from adapters.postgres.queries.users import PostgresAccounts
from adapters.postgres.repositories import subject_keys as remembering
from adapters.postgres.repositories.subject_keys import SubjectKeys
from adapters.postgres.repositories.user_rows import EMAIL_INDEX
from adapters.postgres.statement import Statement
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.security.vault import EnvelopeVault
from application.meetings.calendars import Calendar, Calendars
from application.shared.unit_of_work import UnitOfWork, Work
from application.users.erase_account import EraseAccountOf
from domain.clubs.club import Club
from domain.clubs.errors import OwnerStays
from domain.clubs.facts import ClubFacts
from domain.clubs.standing import ClubRole, Standing, Visibility
from domain.friends.calling_card import CallingCard, CardCode
from domain.friends.pair import Pair
from domain.orders.refund import Refund, RefundLine
from domain.shared.ids import ClubId, RefundId, SessionId, UserId, VoteId, WatchId
from domain.shared.personal_data import SubjectErased
from domain.users.email import EmailAddress
from domain.users.errors import BusinessUnfinished, NoSuchUser
from domain.users.password import PasswordHash
from domain.users.session import Session, fingerprint
from domain.users.user import User
from domain.votes.vote import Ballot, Vote
from domain.watches.status import EndReason, WatchStatus
from tests import buying, watching
from tests.builders import EMMA, NOON, order, particulars, usd
from tests.fakes.time import StandingClock
from tests.fakes.work import InMemoryUnitOfWork

VAULT = EnvelopeVault([b"k" * 32], b"i" * 32)
_ROW = Statement(
    "SELECT email_index, email, name, phone, address, password_hash FROM users WHERE id = %(id)s"
)


@dataclass
class Archive:
    """One reader, and what she has all over the shop."""

    unit_of_work: UnitOfWork
    calendars: Calendars
    jane: User
    clock: StandingClock = field(default_factory=lambda: StandingClock(NOON))

    async def erase(self) -> None:
        await EraseAccountOf(self.unit_of_work, self.clock)(self.jane.email)

    async def add(self, user: User) -> User:
        async with self.unit_of_work() as work:
            await work.users.add(user)
        return user

    async def club(self, *members: UserId, owner: UserId) -> ClubId:
        club, first = Club.found(
            id=ClubId(uuid4()),
            facts=ClubFacts.parse(name="Highbury"),
            founder=owner,
            display_name="Jane F.",
            at=NOON,
        )
        async with self.unit_of_work() as work:
            await work.clubs.add(club, first)
            for member in members:
                await work.clubs.keep(club.receive(None, member, "Jane F.", NOON, invited=False))
        return club.id

    async def watch(self) -> WatchId:
        watch = watching.watch(user=self.jane.id, number=uuid4().int)
        async with self.unit_of_work() as work:
            await work.watches.add(watch, watching.particulars())
        return watch.id

    async def ballot(self, club: ClubId) -> VoteId:
        vote = Vote.open(VoteId(uuid4()), club, UserId(uuid4()), NOON + timedelta(days=1), NOON)
        async with self.unit_of_work() as work:
            await work.votes.add(vote)
            await work.votes.cast(vote.id, Ballot(self.jane.id, (), NOON))
        return vote.id


def somebody() -> User:
    email = EmailAddress.parse(f"r{uuid4().hex}@example.org")
    return User.register(UserId(uuid4()), email, "Jane Fairfax", PasswordHash("of hers"), NOON)


@pytest.fixture
async def archive(unit_of_work: UnitOfWork, request: pytest.FixtureRequest) -> Archive:
    calendars: Calendars
    if isinstance(unit_of_work, InMemoryUnitOfWork):
        calendars = unit_of_work.work.calendars
    else:
        calendars = PostgresCalendars(request.getfixturevalue("database"))
    archive = Archive(unit_of_work, calendars, somebody())
    await archive.add(archive.jane)
    return archive


async def test_whatever_is_hers_goes_with_her_account(archive: Archive) -> None:
    jane, emma = archive.jane.id, (await archive.add(somebody())).id
    club = await archive.club(jane, owner=emma)
    watch, vote = await archive.watch(), await archive.ballot(club)
    secret, pair = uuid4().bytes, Pair.of(jane, emma)
    await archive.calendars.keep(secret, Calendar(jane, None), NOON)
    session = Session.start(SessionId(uuid4()), jane, "Firefox", fingerprint(uuid4().hex), NOON)
    async with archive.unit_of_work() as work:
        await work.sessions.add(session)
        friendship = await work.friendships.between(pair)
        friendship.block(emma, NOON)
        await work.friendships.save(friendship)
        await work.calling_cards.add(CallingCard(reader=jane, code=CardCode(uuid4().hex[:12])))
    await archive.erase()
    async with archive.unit_of_work() as work:
        ended = await work.watches.get(watch)
        assert (ended.status, ended.ended_because) == (WatchStatus.ENDED, EndReason.CANCELLED)
        membership = await work.clubs.membership(club, jane)
        assert membership is not None
        assert (membership.standing, membership.display_name) == (Standing.LEFT, None)
        assert list(await work.votes.ballots(vote)) == []
        assert (await work.friendships.between(pair)).is_blank
        assert await work.calling_cards.of(jane) is None
        assert await work.sessions.holding(session.live.fingerprint) is None
        with pytest.raises(NoSuchUser):
            await work.users.get(jane)
    assert await archive.calendars.find(secret) is None


async def test_her_address_is_free_and_nobody_is_erased_twice(archive: Archive) -> None:
    await archive.erase()
    with pytest.raises(NoSuchUser):
        await archive.erase()
    await archive.add(replace(somebody(), email=archive.jane.email))


async def _ordered(archive: Archive, work: Work) -> None:
    await work.orders.add(order(user=archive.jane.id, number=uuid4().int), particulars())


async def _given_back(archive: Archive, work: Work) -> None:
    made = order(user=archive.jane.id, number=uuid4().int)
    await work.orders.add(made, particulars())
    made.confirm("pay", NOON)
    made.capture(NOON)
    made.deliver(NOON)
    made.request_refund(
        Refund(RefundId(uuid4()), made.id, "key", (RefundLine(EMMA, usd(100)),), usd(100), "Torn", NOON)
    )
    await work.orders.save(made)


async def _buys_elsewhere(archive: Archive, work: Work) -> None:
    bought = buying.purchase(user=archive.jane.id, number=uuid4().int)
    await work.purchases.add(bought, buying.particulars())


async def _has_it_bought(archive: Archive, work: Work) -> None:
    watch = watching.watch(user=archive.jane.id, number=uuid4().int)
    watch.status = WatchStatus.BUYING
    await work.watches.add(watch, watching.particulars())


UNFINISHED = [_ordered, _given_back, _buys_elsewhere, _has_it_bought]


@pytest.mark.parametrize("begin", UNFINISHED)
async def test_whoever_has_something_under_way_keeps_everything(
    archive: Archive, begin: Callable[[Archive, Work], Awaitable[None]]
) -> None:
    watch = await archive.watch()
    async with archive.unit_of_work() as work:
        await begin(archive, work)
    with pytest.raises(BusinessUnfinished) as refused:
        await archive.erase()
    assert sum(int(str(many)) for many in refused.value.details.values()) > 0
    async with archive.unit_of_work() as work:
        assert (await work.users.get(archive.jane.id)).name == "Jane Fairfax"
        assert not (await work.watches.get(watch)).ended


async def test_a_club_is_handed_over_first_unless_nobody_else_is_in(archive: Archive) -> None:
    alone = await archive.club(owner=archive.jane.id)
    shared = await archive.club((await archive.add(somebody())).id, owner=archive.jane.id)
    with pytest.raises(OwnerStays):
        await archive.erase()
    async with archive.unit_of_work() as work:
        ours = await work.clubs.membership(shared, archive.jane.id)
        assert ours is not None
        ours.take(ClubRole.HOST, NOON)  # handed over
        await work.clubs.keep(ours)
    await archive.erase()
    async with archive.unit_of_work() as work:
        assert (await work.clubs.read(alone)).facts.visibility is Visibility.PRIVATE
        assert await work.clubs.members(alone) == 1


# -- in PostgreSQL alone -----------------------------------------------------------------------------


async def test_nothing_that_is_kept_tells_who_she_was(database: Database) -> None:
    archive = Archive(PostgresUnitOfWork(database, VAULT), PostgresCalendars(database), somebody())
    await archive.add(archive.jane)
    watch = await archive.watch()
    await archive.erase()
    async with archive.unit_of_work() as work:
        with pytest.raises(SubjectErased):
            await work.watches.particulars(watch)
    row = await database.one(_ROW, id=archive.jane.id)
    assert row is not None
    assert (row.email, row.name, row.phone, row.address, row.password_hash) == (b"", b"", None, None, "")
    assert row.email_index != VAULT.blind_index(EMAIL_INDEX, archive.jane.email.value)
    assert await PostgresAccounts(database, VAULT).credentials(archive.jane.email) is None


@pytest.mark.parametrize("begin", [_ordered, _buys_elsewhere, _has_it_bought])
async def test_nothing_is_begun_for_nobody_by_who_remembers_her_key(
    database: Database, begin: Callable[[Archive, Work], Awaitable[None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive(PostgresUnitOfWork(database, VAULT), PostgresCalendars(database), somebody())
    await archive.add(archive.jane)
    async with database.connection() as connection:
        key = await SubjectKeys(connection).of(archive.jane.id)
    await archive.erase()
    monkeypatch.setitem(remembering._remembered, archive.jane.id, (key, float("inf")))
    with pytest.raises(SubjectErased):
        async with archive.unit_of_work() as work:
            await begin(archive, work)


async def test_nobody_signs_in_with_a_password_checked_before(database: Database) -> None:
    archive = Archive(PostgresUnitOfWork(database, VAULT), PostgresCalendars(database), somebody())
    await archive.add(archive.jane)
    await archive.erase()
    late = Session.start(SessionId(uuid4()), archive.jane.id, "Firefox", fingerprint(uuid4().hex), NOON)
    with pytest.raises(SubjectErased):
        async with archive.unit_of_work() as work:
            await work.sessions.add(late)
