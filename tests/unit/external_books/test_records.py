"""What real sources have been seen to send, read without trust."""

import json
from typing import Any

import pytest

from adapters.books_api.google_books import GoogleBooks
from adapters.books_api.open_library import OpenLibrary
from adapters.books_api.wire import Answer, Wire
from application.external_books.ports import BookSource, SourceFailed, Told
from application.external_books.question import Question
from domain.shared.isbn import Isbn
from tests.fakes.time import StandingClock

EMMA = Isbn("9780141439587")
VOLUME: dict[str, Any] = {
    "kind": "books#volume",
    "id": "8x1AAAAAYAAJ",
    "etag": "OTD2tB19qn4",
    "volumeInfo": {
        "title": "Emma",
        "authors": ["Jane Austen"],
        "publishedDate": "2003-05-06",
        "description": "<b>Emma</b> &amp; others",
        "industryIdentifiers": [
            {"type": "OTHER", "identifier": "STANFORD:36105"},
            {"type": "ISBN_10", "identifier": "0141439580"},
            {"type": "ISBN_13", "identifier": "9780141439587"},
        ],
        "pageCount": 474,
        "imageLinks": {"thumbnail": "http://books.google.com/books/content?id=8x1A&edge=curl"},
        "language": "en",
    },
}
WORK: dict[str, Any] = {
    "key": "/works/OL66534W",
    "title": "Emma",
    "author_name": ["Jane Austen"],
    "editions": {
        "docs": [
            {
                "key": "/books/OL37076991M",
                "title": "Emma",
                "isbn": ["0141439580", "9780141439587"],
                "publish_date": ["May 6, 2003"],
                "language": ["eng", "fre"],
                "cover_i": 12645114,
            }
        ]
    },
}


class Recorded(Wire):
    """Answers from a list, and keeps what was asked."""

    def __init__(self, *documents: object) -> None:
        super().__init__("Octavo/test")
        self._documents = list(documents)
        self.asked: list[tuple[str, dict[str, str], dict[str, str]]] = []

    async def get(self, url: str, asked: Any, headers: Any) -> Answer:  # noqa: ANN401 - a stand-in's signature
        self.asked.append((url, dict(asked), dict(headers)))
        document = self._documents.pop(0)
        return Answer(200, {}, document if isinstance(document, bytes) else json.dumps(document).encode())


def google(*documents: object) -> tuple[GoogleBooks, Recorded]:
    wire = Recorded(*documents)
    return GoogleBooks("https://books.test/v1/", "k", "DE", wire, StandingClock()), wire


def library(*documents: object) -> OpenLibrary:
    return OpenLibrary("https://library.test", Recorded(*documents), StandingClock())


async def told(source: BookSource, question: Question) -> Told:
    answer = await source.ask(question, None)
    assert answer is not None
    return answer


async def test_google_is_always_told_the_country_and_never_a_language() -> None:
    source, wire = google({"items": [VOLUME]}, VOLUME, {"totalItems": 0})
    await source.ask(Question(isbn=EMMA), None)
    await source.ask(Question(words="emma"), None)
    assert [asked["country"] for _, asked, _ in wire.asked] == ["DE", "DE", "DE"]
    assert not any("langRestrict" in asked for _, asked, _ in wire.asked)
    assert wire.asked[1][0] == "https://books.test/v1/volumes/8x1AAAAAYAAJ"


async def test_a_volume_of_google_is_read_whole() -> None:
    source, _ = google({"items": [VOLUME]}, VOLUME)
    answer = await told(source, Question(isbn=EMMA))
    (book,) = answer.books
    assert (book.isbn, book.title, book.pages, book.published_date) == (EMMA, "Emma", 474, "2003-05-06")
    assert book.description == "Emma & others"
    assert book.cover == "https://books.google.com/books/content?id=8x1A&edge=curl"
    assert answer.tag is not None
    assert (answer.tag.record, answer.tag.etag) == ("8x1AAAAAYAAJ", '"OTD2tB19qn4"')


@pytest.mark.parametrize(
    "document",
    [
        {"kind": "books#volumes", "totalItems": 0},  # no `items` where nothing is found
        {"items": None},
        {"items": [None, 7, {}, {"id": "x"}, {"id": 7, "volumeInfo": {}}]},
        {"items": [{"id": "x", "volumeInfo": {"title": "No number"}}]},
        {
            "items": [
                {
                    "id": "x",
                    "volumeInfo": {"industryIdentifiers": VOLUME["volumeInfo"]["industryIdentifiers"]},
                }
            ]
        },
        {
            "items": [
                {"id": "x", "volumeInfo": {**VOLUME["volumeInfo"], "industryIdentifiers": "9780141439587"}}
            ]
        },
        {"items": [{"id": "x", "volumeInfo": {**VOLUME["volumeInfo"], "title": "\ud800"}}]},
    ],
)
async def test_lists_without_a_book_hold_none(document: object) -> None:
    source, _ = google(document)
    assert (await told(source, Question(words="emma"))).books == ()


async def test_a_volume_told_twice_is_one() -> None:
    source, _ = google({"items": [VOLUME, VOLUME]})
    assert len((await told(source, Question(words="emma"))).books) == 1


async def test_the_number_that_was_asked_for_is_looked_for_in_the_whole_list() -> None:
    other = {**VOLUME, "id": "other", "volumeInfo": {"title": "Other", "industryIdentifiers": []}}
    source, wire = google({"items": [other, VOLUME]}, VOLUME)
    assert (await told(source, Question(isbn=EMMA))).books[0].source_id == "8x1AAAAAYAAJ"
    assert len(wire.asked) == 2


async def test_a_work_of_open_library_is_read_with_its_edition() -> None:
    (book,) = (await told(library({"docs": [WORK]}), Question(isbn=EMMA))).books
    assert (book.isbn, book.source_id, book.published_date) == (EMMA, "OL37076991M", "2003-05-06")
    assert book.language is None, "an edition in two languages is in none of them"
    assert book.cover == "https://covers.openlibrary.org/b/id/12645114-L.jpg"


@pytest.mark.parametrize(
    "work",
    [None, {}, {"editions": {}}, {"editions": {"docs": [7]}}, {"editions": {"docs": [{"isbn": ["978"]}]}}],
)
async def test_works_without_an_edition_that_can_be_sold_are_passed_over(work: object) -> None:
    assert (await told(library({"docs": [work, WORK]}), Question(words="emma"))).books[0].isbn == EMMA


@pytest.mark.parametrize(
    "body", [b"[]", b"null", b"{", b"\xff", b"1" * 5_000, b"[" * 100_000, {"error": "x"}]
)
async def test_what_is_no_answer_is_a_failure(body: object) -> None:
    with pytest.raises(SourceFailed):
        await library(body).ask(Question(words="emma"), None)
