"""The books of points: in memory and in PostgreSQL the same."""

from uuid import UUID, uuid4

import pytest

from adapters.postgres.database import Database
from adapters.postgres.queries.points import PostgresPointsViews
from application.points.change_by_hand import BurnPoints, GrantPoints
from application.points.pay_for_deeds import PayForAttendance, PayForReading
from application.points.views import PointsViews
from application.shared.unit_of_work import UnitOfWork
from domain.points.account import BURN, MINT, Account
from domain.points.errors import NotEnoughPoints
from domain.points.grants import SEASON_BONUS, SIGN_UP
from domain.points.ledger import Entry, Movement, Transaction, transfer
from domain.shared.ids import MarketId, UserId, WorkId
from domain.users.email import EmailAddress
from domain.users.errors import NoSuchUser
from domain.users.password import PasswordHash
from domain.users.user import User
from tests.builders import NOON
from tests.fakes.time import StandingClock
from tests.fakes.work import InMemoryUnitOfWork

HALF, THREE_QUARTERS, SIX_TENTHS, WHOLE = 500_000, 750_000, 600_000, 1_000_000


@pytest.fixture
def views(unit_of_work: UnitOfWork, request: pytest.FixtureRequest) -> PointsViews:
    if isinstance(unit_of_work, InMemoryUnitOfWork):
        return unit_of_work.work.points
    database: Database = request.getfixturevalue("database")
    return PostgresPointsViews(database)


@pytest.fixture
def emma() -> UserId:
    return UserId(uuid4())


@pytest.fixture
def derby() -> Account:
    return Account.of_market(MarketId(uuid4()))


def grant(reader: UserId, amount: int, key: str | None = None) -> Transaction:
    to = Account.of_reader(reader)
    return transfer(
        key or f"test:{uuid4()}", Movement.GRANT, amount, taken_from=MINT, given_to=to, reason="why", at=NOON
    )


def stake(reader: UserId, market: Account, amount: int) -> Transaction:
    mine = Account.of_reader(reader)
    return transfer(
        f"stake:{uuid4()}", Movement.STAKE, amount, taken_from=mine, given_to=market, reason="why", at=NOON
    )


def payout(market: Account, key: str, *returns: tuple[UserId, int]) -> Transaction:
    to = [Entry(Account.of_reader(reader), amount) for reader, amount in returns]
    entries = (Entry(market, -sum(amount for _, amount in returns)), *to)
    return Transaction(key=key, movement=Movement.PAYOUT, reason="why", at=NOON, entries=entries)


async def post(unit_of_work: UnitOfWork, *transactions: Transaction) -> list[bool]:
    async with unit_of_work() as work:
        return [await work.points.post(each) for each in transactions]


async def balance(unit_of_work: UnitOfWork, account: Account) -> int:
    async with unit_of_work() as work:
        return await work.points.balance(account)


async def test_nobody_has_points_before_the_first_entry(
    unit_of_work: UnitOfWork, views: PointsViews, emma: UserId
) -> None:
    assert await balance(unit_of_work, Account.of_reader(emma)) == 0
    assert await views.balance(emma) == 0
    assert list(await views.lines(emma, before=None, limit=5)) == []


async def test_what_one_account_loses_another_gains(
    unit_of_work: UnitOfWork, views: PointsViews, emma: UserId, derby: Account
) -> None:
    minted = await balance(unit_of_work, MINT)
    await post(unit_of_work, grant(emma, 100), stake(emma, derby, 30))
    assert await balance(unit_of_work, MINT) == minted - 100
    assert await balance(unit_of_work, derby) == 30
    assert await views.balance(emma) == 70


async def test_the_same_key_is_booked_once(
    unit_of_work: UnitOfWork, views: PointsViews, emma: UserId
) -> None:
    key = f"test:{uuid4()}"
    assert await post(unit_of_work, grant(emma, 100, key)) == [True]
    assert await post(unit_of_work, grant(emma, 100, key), grant(emma, 5, key)) == [False, False]
    assert await views.balance(emma) == 100


async def test_nobody_spends_what_they_do_not_have_and_then_nothing_is_written(
    unit_of_work: UnitOfWork, views: PointsViews, emma: UserId, derby: Account
) -> None:
    await post(unit_of_work, grant(emma, 20))
    with pytest.raises(NotEnoughPoints):
        await post(unit_of_work, grant(emma, 5), stake(emma, derby, 26))
    assert await views.balance(emma) == 20
    assert await balance(unit_of_work, derby) == 0


async def test_a_market_never_pays_more_than_stands_on_it(
    unit_of_work: UnitOfWork, emma: UserId, derby: Account
) -> None:
    await post(unit_of_work, grant(emma, 20), stake(emma, derby, 20))
    with pytest.raises(NotEnoughPoints):
        await post(unit_of_work, payout(derby, f"settled:{derby.id}:1:0", (emma, 21)))


async def test_a_reversal_takes_back_what_was_spent_and_the_debt_is_paid_before_anything_else(
    unit_of_work: UnitOfWork, views: PointsViews, emma: UserId, derby: Account
) -> None:
    wrong = grant(emma, 100)
    await post(unit_of_work, wrong, stake(emma, derby, 40))
    assert await post(unit_of_work, wrong.reverse("wrong", NOON)) == [True]
    assert await post(unit_of_work, wrong.reverse("wrong", NOON)) == [False]
    assert await views.balance(emma) == -40
    with pytest.raises(NotEnoughPoints):
        await post(unit_of_work, stake(emma, derby, 1))
    await post(unit_of_work, grant(emma, 45))
    with pytest.raises(NotEnoughPoints):
        await post(unit_of_work, stake(emma, derby, 6))
    await post(unit_of_work, stake(emma, derby, 5))
    assert await views.balance(emma) == 0


async def test_a_debt_once_lower_does_not_grow_again(
    unit_of_work: UnitOfWork, emma: UserId, derby: Account
) -> None:
    wrong = grant(emma, 100)
    await post(unit_of_work, wrong, stake(emma, derby, 40), wrong.reverse("wrong", NOON), grant(emma, 30))
    with pytest.raises(NotEnoughPoints):
        await post(unit_of_work, stake(emma, derby, 1))


async def test_the_transactions_of_a_round_are_found_whole_by_their_market(
    unit_of_work: UnitOfWork, emma: UserId, derby: Account
) -> None:
    jane, key = UserId(uuid4()), f"settled:{derby.id}:1"
    paid = [payout(derby, f"{key}:0", (emma, 7), (jane, 3)), payout(derby, f"{key}:1", (jane, 2))]
    await post(unit_of_work, grant(emma, 20), stake(emma, derby, 20), *paid)
    async with unit_of_work() as work:
        found = await work.points.touching(derby, f"{key}:")
    assert [(each.key, set(each.entries)) for each in found] == [(p.key, set(p.entries)) for p in paid]


async def test_a_reader_sees_every_movement_newest_first_a_page_at_a_time(
    unit_of_work: UnitOfWork, views: PointsViews, emma: UserId, derby: Account
) -> None:
    await post(unit_of_work, grant(emma, 50), stake(emma, derby, 10), stake(emma, derby, 5))
    first = await views.lines(emma, before=None, limit=2)
    rest = await views.lines(emma, before=first[-1].number, limit=2)
    assert [(line.movement, line.amount) for line in (*first, *rest)] == [
        (Movement.STAKE, -5),
        (Movement.STAKE, -10),
        (Movement.GRANT, 50),
    ]


async def account(unit_of_work: UnitOfWork) -> tuple[UserId, EmailAddress]:
    reader, email = UserId(uuid4()), EmailAddress.parse(f"r{uuid4().hex}@example.org")
    async with unit_of_work() as work:
        await work.users.add(User.register(reader, email, "Jane", PasswordHash("unused"), NOON))
    return reader, email


class Fresh:
    def new(self) -> UUID:
        return uuid4()


async def test_staff_mints_and_burns_on_the_books(unit_of_work: UnitOfWork, views: PointsViews) -> None:
    reader, email = await account(unit_of_work)
    burned = await balance(unit_of_work, BURN)
    clock, ids = StandingClock(NOON), Fresh()
    assert await GrantPoints(unit_of_work, clock, ids)(email, 30, " a prize ") == 30
    assert await BurnPoints(unit_of_work, clock, ids)(email, 10, "a slip") == 20
    with pytest.raises(NotEnoughPoints):
        await BurnPoints(unit_of_work, clock, ids)(email, 21, "more than there is")
    assert await balance(unit_of_work, BURN) == burned + 10
    told = await views.lines(reader, before=None, limit=5)
    assert [(line.amount, line.reason) for line in told] == [(-10, "a slip"), (30, "a prize")]


async def test_nobody_mints_for_nobody(unit_of_work: UnitOfWork) -> None:
    grant_points = GrantPoints(unit_of_work, StandingClock(NOON), Fresh())
    with pytest.raises(NoSuchUser):
        await grant_points(EmailAddress.parse("nobody@example.org"), 5, "a prize")


async def test_a_book_turned_back_and_forth_pays_a_hundred_points(
    unit_of_work: UnitOfWork, views: PointsViews, emma: UserId
) -> None:
    pay, work_id = PayForReading(unit_of_work, StandingClock(NOON)), WorkId(uuid4())
    for furthest in (0, HALF, THREE_QUARTERS, SIX_TENTHS, THREE_QUARTERS, WHOLE, WHOLE):
        await pay(emma, work_id, furthest)
    assert await views.balance(emma) == 100


async def test_coming_to_meetings_pays_to_begin_with_and_once_a_season(
    unit_of_work: UnitOfWork, views: PointsViews, emma: UserId
) -> None:
    pay = PayForAttendance(unit_of_work, StandingClock(NOON))
    for attended in (1, 2, 3, 3, 4):
        await pay(emma, "2026-Q4", attended)
    assert await views.balance(emma) == SIGN_UP + SEASON_BONUS
    await pay(emma, "2027-Q1", 3)
    assert await views.balance(emma) == SIGN_UP + 2 * SEASON_BONUS
