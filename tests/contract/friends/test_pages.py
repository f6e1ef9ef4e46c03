"""Lists of friends in PostgreSQL: pages that join, and who was erased is left out."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from adapters.postgres.database import Database
from adapters.postgres.statement import Statement
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.security.vault import EnvelopeVault
from domain.friends.errors import ReaderNotFound
from domain.friends.friendship import Friendship, Standing
from domain.friends.pair import Pair
from domain.shared.errors import InvalidInput
from domain.shared.ids import UserId
from tests.builders import NOON
from tests.contract.friends.conftest import Salon, on_postgres

_ERASE = Statement("DELETE FROM subject_keys WHERE user_id = %(reader)s")
_NAMES = Statement("SELECT sealed_name FROM calling_cards WHERE user_id = %(reader)s")


@pytest.fixture
def salon(database: Database) -> Salon:
    return on_postgres(database, PostgresUnitOfWork(database, EnvelopeVault([b"k" * 32], b"i" * 32)))


async def walk(salon: Salon, reader: UserId, standing: Standing, limit: int) -> list[UUID]:
    seen: list[UUID] = []
    cursor = None
    while True:
        page = await salon.page(reader, standing, limit, cursor)
        seen += [one.reader_id for one in page.items]
        cursor = page.next
        if cursor is None:
            return seen


@pytest.mark.parametrize("standing", list(Standing))
async def test_pages_join_without_gap_or_repetition(salon: Salon, standing: Standing) -> None:
    """Some of the others are lesser, some greater, and some came at the same moment."""
    anna = await salon.reader()
    others = await salon.readers(7)
    ties = []
    for number, other in enumerate(others):
        tie, at = Friendship(pair=Pair.of(anna, other)), NOON + timedelta(minutes=number // 2)
        match standing:
            case Standing.FRIENDS:
                tie.ask(other, NOON)
                tie.accept(anna, at)
            case Standing.ASKS_YOU:
                tie.ask(other, at)
            case Standing.ASKED_BY_YOU:
                tie.ask(anna, at)
            case Standing.BLOCKED_BY_YOU:
                tie.block(anna, at)
        ties.append((at, other, tie))
    async with salon.unit_of_work() as work:
        for _, _, tie in ties:
            await work.friendships.save(tie)
    wanted = [other for _, other, _ in sorted(ties, key=lambda tie: tie[:2], reverse=True)]
    for limit in (1, 3, 7):
        assert await walk(salon, anna, standing, limit) == wanted
    for another in set(Standing) - {standing}:
        assert await walk(salon, anna, another, 3) == []


async def test_a_cursor_belongs_to_its_list(salon: Salon) -> None:
    anna = await salon.reader()
    for _ in range(2):
        await salon.asks(anna, await salon.reader())
    cursor = (await salon.page(anna, Standing.ASKED_BY_YOU, 1)).next
    for standing, foreign in ((Standing.FRIENDS, cursor), (Standing.ASKED_BY_YOU, "nonsense")):
        with pytest.raises(InvalidInput) as refused:
            await salon.page(anna, standing, 1, foreign)
        assert refused.value.field == "cursor"


async def test_names_are_sealed_and_who_was_erased_is_nobody_s_friend(
    salon: Salon, database: Database
) -> None:
    anna, ben, clara = await salon.reader(), await salon.reader(), await salon.reader()
    for friend in (ben, clara):
        await salon.signs(friend, "Quackenbush")
        await salon.friends(anna, friend)
    sealed = await database.one(_NAMES, reader=ben)
    assert sealed is not None
    assert b"Quackenbush" not in bytes(sealed.sealed_name)
    code = (await salon.card(clara)).code
    async with database.connection() as connection:
        await connection.run(_ERASE, reader=clara)
    assert await walk(salon, anna, Standing.FRIENDS, 1) == [ben]
    with pytest.raises(ReaderNotFound):
        await salon.views.one(anna, clara)
    async with salon.unit_of_work() as work:
        with pytest.raises(ReaderNotFound):
            await work.calling_cards.holder(code)


async def test_a_pair_nobody_knows_has_no_row(salon: Salon, database: Database) -> None:
    anna, ben = await salon.reader(), await salon.reader()
    await salon.friends(anna, ben)
    await salon.parts(anna, ben)
    await salon.unblocks(anna, UserId(uuid4()))
    rows = Statement("SELECT FROM friendships WHERE %(reader)s IN (lesser, greater)")
    assert await database.all(rows, reader=anna) == []
