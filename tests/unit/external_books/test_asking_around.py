"""Whom the shop asks about a book, in which order, and what it makes of silence."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from adapters.redis.pace_in_process import PaceInProcess
from application.external_books.admit_visitor import AdmitVisitor
from application.external_books.ask_around import AskAround
from application.external_books.book import ExternalBook
from application.external_books.find_external_books import FindExternalBooks, Findings
from application.external_books.guarded_source import TERMS, GuardedSource
from application.external_books.ports import PaceTerms, SourceBusy, SourceFailed, SourceRefuses
from application.external_books.question import Question
from application.shared.breaker import CircuitBreaker
from application.shared.rate_limiter import TooManyRequests
from domain.shared.errors import InvalidInput
from domain.shared.ids import BookId
from domain.shared.isbn import Isbn
from tests.fakes.external_books import InMemoryKeptAnswers, InMemoryOwnBooks, ScriptedSource
from tests.fakes.measurements import InMemoryMeasurements
from tests.fakes.time import StandingClock

EMMA = ExternalBook(
    isbn=Isbn("9780141439587"), title="Emma", source="google_books", source_id="g1", authors=("Jane Austen",)
)
EMMA_ELSEWHERE = replace(EMMA, source="open_library", source_id="OL1M")
BY_NUMBER, BY_WORDS = Question(isbn=EMMA.isbn), Question(words="emma")
HURRY = PaceTerms(a_minute=60_000, at_once=1_000)


class Desk:
    """Two sources, asked through everything that stands before them."""

    def __init__(self, terms: PaceTerms = HURRY) -> None:
        self.seconds = 0.0
        self.clock, self.counts = StandingClock(), InMemoryMeasurements()
        self.google = ScriptedSource("google_books", EMMA)
        self.library = ScriptedSource("open_library", EMMA_ELSEWHERE)
        self.kept, self.own = InMemoryKeptAnswers(), InMemoryOwnBooks()
        self.pace = PaceInProcess(lambda: self.seconds)
        guarded = [self._guarded(source, terms) for source in (self.google, self.library)]
        self.ask_around = AskAround(guarded, self.kept, self.clock, self.counts)
        self._find = FindExternalBooks(self.ask_around, self.own, self.clock)

    def _guarded(self, source: ScriptedSource, terms: PaceTerms) -> GuardedSource:
        breaker = CircuitBreaker(
            source.name, TERMS, failures=(SourceFailed,), seconds=lambda: self.seconds, watch=self.counts
        )
        return GuardedSource(source, terms, pace=self.pace, breaker=breaker, measurements=self.counts)

    async def find(self, question: Question = BY_NUMBER) -> Findings:
        return await self._find(question)

    def later(self, **span: float) -> None:
        self.clock.move(timedelta(**span))
        self.seconds += timedelta(**span).total_seconds()


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_the_first_who_knows_is_believed(desk: Desk) -> None:
    found = await desk.find()
    assert ([item.book for item in found.items], found.source, found.age_seconds) == (
        [EMMA],
        "google_books",
        0,
    )
    assert desk.library.asked == []


async def test_what_the_first_does_not_know_the_second_may(desk: Desk) -> None:
    desk.google.books = []
    assert (await desk.find()).source == "open_library"


@pytest.mark.parametrize("silence", [SourceFailed("x"), SourceBusy("x", 60.0), SourceRefuses("x")])
async def test_whoever_is_silent_is_stood_in_for(desk: Desk, silence: SourceFailed) -> None:
    desk.google.fails = silence
    assert (await desk.find()).source == "open_library"


async def test_when_nobody_answers_the_shop_tells_what_it_has_itself(desk: Desk) -> None:
    book_id = BookId(UUID(int=7))
    desk.google.fails = desk.library.fails = SourceFailed("x")
    desk.own.books[book_id] = replace(EMMA, source="catalogue", source_id=str(book_id))
    found = await desk.find(BY_WORDS)
    assert (found.source, [item.in_catalogue for item in found.items]) == ("catalogue", [book_id])


async def test_what_nobody_knows_is_looked_for_in_the_shop(desk: Desk) -> None:
    assert (await desk.find(Question(words="ulysses"))) == Findings([], "catalogue", 0)


async def test_a_search_holds_a_day_and_a_number_a_month(desk: Desk) -> None:
    for question, hours in ((BY_WORDS, 24), (BY_NUMBER, 30 * 24)):
        asked = len(desk.google.asked)
        await desk.find(question)
        desk.later(hours=hours - 1)
        assert (await desk.find(question)).age_seconds == (hours - 1) * 3600
        assert len(desk.google.asked) == asked + 1
        desk.later(hours=1)
        assert (await desk.find(question)).age_seconds == 0
        assert len(desk.google.asked) == asked + 2


async def test_that_a_number_is_unknown_holds_a_day(desk: Desk) -> None:
    desk.google.books = desk.library.books = []
    await desk.find()
    desk.google.books = [EMMA]
    desk.later(hours=23)
    assert (await desk.find()).source == "catalogue"
    desk.later(hours=1)
    assert (await desk.find()).source == "google_books"


async def test_an_answer_that_ran_out_is_asked_about_by_its_tag(desk: Desk) -> None:
    await desk.find()
    desk.later(days=31)
    again = await desk.find()
    assert [item.book for item in again.items] == [EMMA]
    assert [tag and tag.record for _, tag in desk.google.asked] == [None, "g1"]
    assert desk.counts.counts["google_books unchanged"] == 1


async def test_while_a_source_is_down_its_old_answer_is_told_with_its_age(desk: Desk) -> None:
    await desk.find(BY_WORDS)
    desk.google.fails = SourceFailed("x")
    desk.later(hours=30)
    found = await desk.find(BY_WORDS)
    assert (found.source, found.age_seconds) == ("google_books", 30 * 3600)
    assert desk.library.asked == []


async def test_a_source_that_keeps_failing_is_left_in_peace_and_tried_again(desk: Desk) -> None:
    desk.google.fails = SourceFailed("x")
    for number in range(6):
        await desk.find(Question(words=f"emma {number}"))
    assert len(desk.google.asked) == 3
    assert desk.counts.counts["google_books open"] == 1
    desk.google.fails = None
    desk.later(seconds=TERMS.open_for)
    assert (await desk.find(BY_WORDS)).source == "google_books"


async def test_who_asks_to_be_left_in_peace_is_for_so_long(desk: Desk) -> None:
    desk.google.fails = SourceBusy("too many", 120.0)
    await desk.find(Question(words="emma one"))
    desk.google.fails = None
    desk.later(seconds=119)
    assert (await desk.find(BY_WORDS)).source == "open_library"
    desk.later(seconds=1)
    assert (await desk.find(Question(words="emma"))).source == "google_books"
    assert desk.counts.counts["google_books open"] == 0, "to be busy is not to be ill"


async def test_who_refuses_us_is_not_bothered_for_an_hour(desk: Desk) -> None:
    desk.google.fails = SourceRefuses("no key")
    await desk.find(Question(words="emma one"))
    desk.google.fails = None
    desk.later(minutes=59)
    assert (await desk.find(BY_WORDS)).source == "open_library"
    assert desk.counts.counts["google_books refused"] == 1


async def test_nobody_is_asked_oftener_than_agreed() -> None:
    desk = Desk(PaceTerms(a_minute=60, at_once=2, a_day=3))
    for number in range(4):
        await desk.find(Question(words=f"emma {number}"))
    assert len(desk.google.asked) == 2
    desk.later(seconds=10)
    for number in range(4, 8):
        await desk.find(Question(words=f"emma {number}"))
    assert len(desk.google.asked) == 3, "three a day, whatever the pace"


async def test_an_edition_is_told_once_and_marked_as_ours(desk: Desk) -> None:
    desk.google.books = [EMMA, replace(EMMA, source_id="g2"), replace(EMMA, isbn=Isbn("9780141439518"))]
    desk.own.books[BookId(UUID(int=7))] = EMMA
    found = await desk.find(BY_WORDS)
    told = [(item.book.isbn.value, item.book.source_id, item.in_catalogue) for item in found.items]
    assert told == [("9780141439587", "g1", UUID(int=7)), ("9780141439518", "g1", None)]


async def test_equal_questions_are_one() -> None:
    assert Question.about(" Emma   and  EMMA ", None).key == Question.about("emma and emma", None).key
    assert Question.about(None, "0-14-143951-3").key == "isbn:9780141439518"


@pytest.mark.parametrize(
    ("q", "isbn"), [(None, None), ("emma", "9780141439587"), ("e", None), ("x" * 201, None), (None, "978")]
)
def test_a_question_is_words_or_a_number(q: str | None, isbn: str | None) -> None:
    with pytest.raises(InvalidInput):
        Question.about(q, isbn)


async def test_a_visitor_has_an_allowance_that_grows_back(desk: Desk) -> None:
    admit = AdmitVisitor(desk.pace)
    for _ in range(10):
        await admit("address:192.0.2.1")
    with pytest.raises(TooManyRequests) as refused:
        await admit("address:192.0.2.1")
    assert refused.value.details == {"retry_after": 2}
    await admit("address:192.0.2.2")
    desk.later(seconds=2)
    await admit("address:192.0.2.1")
