"""What the shop may rely on, whoever is asked about books. The live ones are never called from a test."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from adapters.books_api.google_books import GoogleBooks
from adapters.books_api.open_library import OpenLibrary
from adapters.books_api.wire import Wire
from application.external_books.ports import (
    BookSource,
    NoAnswer,
    SourceBusy,
    SourceFailed,
    SourceRefuses,
    Tag,
    Told,
)
from application.external_books.question import Question
from domain.shared.isbn import Isbn
from entrypoints.sandbox.books.library import Library, Volume
from tests.fakes.time import StandingClock
from tests.world import Sandbox

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
UNKNOWN = Question(isbn=Isbn("9780141439518"))
OPERATIONS = {
    "google_books": ("google_search", "google_volume"),
    "open_library": ("open_library_search", "open_library_search"),
}


@pytest.fixture
async def google(books_api_url: str) -> AsyncIterator[GoogleBooks]:
    wire = Wire("Octavo/test", answer_seconds=5.0)
    source = GoogleBooks(f"{books_api_url}/books/v1", "a-key", "US", wire, StandingClock(NOW))
    yield source
    await source.close()


@pytest.fixture(params=["google_books", "open_library"])
async def source(
    request: pytest.FixtureRequest, books_api_url: str, google: GoogleBooks
) -> AsyncIterator[BookSource]:
    if request.param == "google_books":
        yield google
        return
    source = OpenLibrary(books_api_url, Wire("Octavo/test", answer_seconds=5.0), StandingClock(NOW))
    yield source
    await source.close()


@pytest.fixture(scope="session")
def emma(library: Library) -> Volume:
    return next(volume for volume in library.search("emma austen", 10) if volume.title == "Emma")


async def told(source: BookSource, question: Question) -> Told:
    answer = await source.ask(question, None)
    assert answer is not None
    return answer


async def test_a_number_is_looked_up(source: BookSource, emma: Volume) -> None:
    (book,) = (await told(source, Question(isbn=emma.isbn))).books
    assert (book.isbn, book.title, book.authors) == (emma.isbn, "Emma", ("Jane Austen",))
    assert (book.publisher, book.published_date) == (emma.publisher, emma.published)
    assert (book.language, book.source) == ("en", source.name)
    assert book.source_id
    assert book.categories


async def test_words_find_books(source: BookSource) -> None:
    found = (await told(source, Question(words="emma austen"))).books
    assert {book.title for book in found} == {"Emma"}
    assert len({book.isbn for book in found}) == len(found)


@pytest.mark.parametrize(
    "question", [UNKNOWN, Question(words="zzyzx qqfx"), Question(words='C++: "a (guide')]
)
async def test_what_is_not_known_is_no_error(source: BookSource, question: Question) -> None:
    assert (await told(source, question)).books == ()


async def test_another_book_than_was_asked_for_is_not_believed(
    source: BookSource, books_api: Sandbox, emma: Volume
) -> None:
    for operation in set(OPERATIONS[source.name]):
        await books_api.misbehave(operation, "wrong_isbn")
        assert (await told(source, Question(isbn=emma.isbn))).books == ()
        await books_api.behave()


@pytest.mark.parametrize("effect", ["missing_fields", "garbage"])
async def test_bad_fields_are_left_out_and_the_others_kept(
    source: BookSource, books_api: Sandbox, emma: Volume, effect: str
) -> None:
    await books_api.misbehave(OPERATIONS[source.name][1], effect)
    (book,) = (await told(source, Question(isbn=emma.isbn))).books
    assert (book.isbn, book.title, book.authors, book.categories) == (emma.isbn, "Emma", (), ())
    assert (book.publisher, book.published_date, book.language, book.cover) == (None, None, None, None)
    assert book.pages is None


@pytest.mark.parametrize(
    ("effect", "how", "kind"),
    [
        ("malformed", {}, SourceFailed),
        ("error_before", {}, SourceFailed),
        ("drop_before", {"times": 2}, SourceFailed),  # an HTTP client may ask again on its own
        ("forbidden", {}, SourceRefuses),
    ],
)
async def test_what_is_no_answer_is_told_apart(
    *,
    source: BookSource,
    books_api: Sandbox,
    emma: Volume,
    effect: str,
    how: dict[str, float],
    kind: type[NoAnswer],
) -> None:
    await books_api.misbehave(OPERATIONS[source.name][0], effect, **how)  # type: ignore[arg-type] # times among them
    with pytest.raises(kind) as silence:
        await source.ask(Question(isbn=emma.isbn), None)
    assert type(silence.value) is kind
    assert "a-key" not in str(silence.value)


@pytest.mark.parametrize(
    ("effect", "seconds", "wait"), [("too_many", 17, 17.0), ("too_many", 0, 60.0), ("day_spent", 1, None)]
)
async def test_who_is_busy_says_for_how_long(
    *, source: BookSource, books_api: Sandbox, emma: Volume, effect: str, seconds: float, wait: float | None
) -> None:
    await books_api.misbehave(OPERATIONS[source.name][0], effect, seconds=seconds)
    with pytest.raises(SourceBusy) as busy:
        await source.ask(Question(isbn=emma.isbn), None)
    # A day begins anew at eight by UTC where Google counts; Open Library knows of no such day.
    tomorrow = timedelta(hours=20).total_seconds() if source.name == "google_books" else 60.0
    assert busy.value.retry_after == (wait or tomorrow)


async def test_what_still_holds_is_not_told_again(google: GoogleBooks, emma: Volume) -> None:
    question = Question(isbn=emma.isbn)
    before = (await told(google, question)).tag
    assert before is not None
    assert await google.ask(question, before) is None


async def test_a_record_that_became_another_book_is_looked_for_anew(
    google: GoogleBooks, books_api: Sandbox, emma: Volume
) -> None:
    question = Question(isbn=emma.isbn)
    await books_api.misbehave("google_volume", "wrong_isbn")
    again = await google.ask(question, Tag(emma.id, '"what it was"'))
    assert again is not None
    assert [book.isbn for book in again.books] == [emma.isbn]


async def test_a_visitor_waits_for_nobody_who_dawdles(
    books_api_url: str, books_api: Sandbox, emma: Volume
) -> None:
    hasty = OpenLibrary(books_api_url, Wire("Octavo/test", answer_seconds=0.1), StandingClock(NOW))
    await books_api.misbehave("open_library_search", "latency", seconds=0.5)
    with pytest.raises(SourceFailed, match="TimeoutError"):
        await hasty.ask(Question(isbn=emma.isbn), None)
    await hasty.close()


async def test_a_place_google_does_not_know_is_a_refusal(books_api_url: str, emma: Volume) -> None:
    nowhere = GoogleBooks(f"{books_api_url}/books/v1", "", "AA", Wire("Octavo/test"), StandingClock(NOW))
    with pytest.raises(SourceRefuses, match="unknownLocation"):
        await nowhere.ask(Question(isbn=emma.isbn), None)
    await nowhere.close()
