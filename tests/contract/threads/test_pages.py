"""Threads in PostgreSQL: pages that join, sealed words, and what is left of who was erased."""

import pytest

from adapters.postgres.database import Database
from adapters.postgres.statement import Statement
from application.shared.unit_of_work import UnitOfWork
from application.threads.views import PostOrder, PostQuery, ThreadQuery
from domain.shared.errors import InvalidInput
from domain.shared.ids import ThreadId, UserId
from domain.threads.post import Sight
from tests.contract.threads.conftest import Parlour
from tests.fakes.work import InMemoryUnitOfWork

_ERASE = Statement("DELETE FROM subject_keys WHERE user_id = %(reader)s")
_ROWS = Statement("SELECT sealed_text FROM thread_posts WHERE author = %(reader)s")


@pytest.fixture(autouse=True)
def _in_postgres_alone(unit_of_work: UnitOfWork) -> None:
    if isinstance(unit_of_work, InMemoryUnitOfWork):
        pytest.skip("the stand-in has one page and seals nothing")


async def walk(parlour: Parlour, reader: UserId, thread: ThreadId, order: PostOrder) -> list[str | None]:
    said: list[str | None] = []
    cursor = None
    while True:
        query = PostQuery(thread_id=thread, reader=reader, order=order, limit=2, cursor=cursor)
        page = await parlour.reads(query)
        said += [post.text for post in page.items]
        cursor = page.next
        if cursor is None:
            return said


async def test_pages_join_in_both_orders(parlour: Parlour) -> None:
    thread, anna = await parlour.thread(), await parlour.member(read=50)
    for number in range(5):
        await parlour.says(anna, thread, f"{number}", 20 * number)
    ben = await parlour.member(read=50)
    assert await walk(parlour, ben, thread, PostOrder.OLDEST) == ["0", "1", "2", None, None]
    assert await walk(parlour, ben, thread, PostOrder.NEWEST) == [None, None, "2", "1", "0"]
    threads = [await parlour.thread(f"{number}") for number in range(2)]
    first = await parlour.sees(ben, ThreadQuery(club_id=parlour.club, limit=2))
    rest = await parlour.sees(ben, ThreadQuery(club_id=parlour.club, limit=2, cursor=first.next))
    assert [t.thread_id for t in (*first.items, *rest.items)] == [*reversed(threads), thread]
    with pytest.raises(InvalidInput):
        await parlour.reads(PostQuery(thread_id=thread, reader=ben, cursor=first.next))


async def test_words_are_sealed_and_go_with_their_author(parlour: Parlour, database: Database) -> None:
    anna, ben = await parlour.member(), await parlour.member()
    thread = await parlour.opens(anna, parlour.club, None, "Quackenbush")
    await parlour.says(anna, thread, "Quackenbush")
    post = await parlour.says(anna, thread, "Quackenbush again")
    sealed = await database.all(_ROWS, reader=anna)
    assert len(sealed) == 2
    assert all(b"Quackenbush" not in bytes(row.sealed_text) for row in sealed)
    async with database.connection() as connection:
        await connection.run(_ERASE, reader=anna)
    left = await parlour.posts(ben, thread)
    assert [(p.sight, p.text, p.author_id) for p in left] == [(Sight.OPEN, None, anna)] * 2
    assert (await parlour.sees.one(ben, thread)).title is None
    async with parlour.village.unit_of_work() as work:  # a host may still hide what nobody can read
        found = await work.threads.post(thread, post)
        found.withdraw()
        await work.threads.keep(found)
    assert len(await parlour.posts(ben, thread)) == 1
