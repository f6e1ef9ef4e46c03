"""What was told is told again, and what cannot be read is asked for anew."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from redis.asyncio import Redis

from adapters.redis.book_answers import ValkeyBookAnswers
from adapters.redis.client import connect
from application.external_books.book import ExternalBook
from application.external_books.ports import Kept, KeptAnswers, Tag, Told
from application.external_books.question import Question
from domain.shared.isbn import Isbn
from tests.fakes.external_books import InMemoryKeptAnswers

EMMA = ExternalBook(
    isbn=Isbn("9780141439587"),
    title="Emma",
    source="google_books",
    source_id="g1",
    authors=("Jane Austen",),
    published_date="2003-05",
    categories=("Fiction / Classics",),
    description="Two\nlines",
    pages=474,
)
KEPT = Kept(Told((EMMA,), Tag("g1", '"tag"')), datetime(2026, 3, 1, 12, tzinfo=UTC))
HOUR = timedelta(hours=1)
BY_NUMBER = Question(isbn=EMMA.isbn)


@pytest.fixture
async def valkey(redis_url: str) -> AsyncIterator[Redis]:
    client = connect(redis_url)
    yield client
    await client.aclose()


@pytest.fixture(params=["memory", "Valkey"])
def kept(request: pytest.FixtureRequest, valkey: Redis) -> KeptAnswers:
    return InMemoryKeptAnswers() if request.param == "memory" else ValkeyBookAnswers(valkey)


async def test_what_was_kept_is_found_for_that_source_and_question_alone(kept: KeptAnswers) -> None:
    await kept.keep("one", BY_NUMBER, KEPT, HOUR)
    assert await kept.find("one", BY_NUMBER) == KEPT
    assert await kept.find("another", BY_NUMBER) is None
    assert await kept.find("one", Question(words="9780141439587")) is None


async def test_that_nothing_is_known_is_kept_as_well(kept: KeptAnswers) -> None:
    nothing = Kept(Told(()), KEPT.at)
    await kept.keep("nothing", BY_NUMBER, nothing, HOUR)
    assert await kept.find("nothing", BY_NUMBER) == nothing


async def test_it_is_forgotten_when_its_time_has_come(valkey: Redis) -> None:
    await ValkeyBookAnswers(valkey).keep("time", BY_NUMBER, KEPT, HOUR)
    (name,) = [name async for name in valkey.scan_iter("books:*:time:*")]
    assert 0 < await valkey.ttl(name) <= HOUR.total_seconds()


@pytest.mark.parametrize("damage", [b"", b"not packed", b"x\x9c\x01\x02\x00\xfd\xff{}\x01u\x00\xf9"])
async def test_what_is_damaged_is_not_believed(valkey: Redis, damage: bytes) -> None:
    kept = ValkeyBookAnswers(valkey)
    await kept.keep("damaged", BY_NUMBER, KEPT, HOUR)
    (name,) = [name async for name in valkey.scan_iter("books:*:damaged:*")]
    await valkey.set(name, damage)
    assert await kept.find("damaged", BY_NUMBER) is None


async def test_without_valkey_nothing_is_known_and_nothing_breaks() -> None:
    client = connect("redis://127.0.0.1:1/0")
    kept = ValkeyBookAnswers(client)
    await kept.keep("one", BY_NUMBER, KEPT, HOUR)
    assert await kept.find("one", BY_NUMBER) is None
    await client.aclose()
