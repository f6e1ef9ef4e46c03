"""What staff looks at before readers do, in memory and in PostgreSQL."""

from datetime import timedelta

import pytest

from domain.reviews.errors import OwnReview, ReviewNotFound, TooManyReports
from domain.reviews.limits import REPORTS_A_DAY, REPORTS_TO_HOLD, REPORTS_TO_HOLD_AGAIN
from domain.reviews.state import RejectionReason
from domain.shared.errors import StaleVersion
from domain.shared.ids import BookId, ReviewId, UserId
from tests.contract.reviews.conftest import STAFF, Circle, stars

SPAM = "Buy it for half the price at www.cheap-books.example, now!"
SAME = "A wonderful book that I recommend to everybody who has ever been to a ball in the country."


async def readers(circle: Circle, many: int) -> list[UserId]:
    return [await circle.reader() for _ in range(many)]


async def queued(circle: Circle) -> list[ReviewId]:
    return [held.review_id for held in (await circle.views.held(100, None)).items]


async def held(circle: Circle) -> tuple[UserId, BookId, ReviewId]:
    author, book = await circle.reader(), await circle.book()
    return author, book, await circle.writes(author, book, 5, SPAM)


async def test_a_suspicious_review_waits_unseen_and_uncounted(circle: Circle) -> None:
    author, book, review = await held(circle)
    assert await circle.listed(book) == []
    assert await circle.stars(book) == stars()
    own = await circle.views.own(book, author)
    assert (own.state, list(own.reasons)) == ("held", ["links"])
    [waiting] = [h for h in (await circle.views.held(100, None)).items if h.review_id == review]
    assert (waiting.text, list(waiting.reasons), waiting.reports) == (SPAM, ["links"], {})
    assert (waiting.work_title, waiting.reader_id, waiting.version) == ("Emma", author, 1)
    assert await circle.events(review) == ["review_held"]
    for another in (circle.votes, circle.takes_back):
        with pytest.raises(ReviewNotFound):
            await another(await circle.reader(), book, review)
    with pytest.raises(ReviewNotFound):
        await circle.revises(await circle.reader(), book, review)


async def test_staff_lets_it_stand_on_the_version_that_was_looked_at(circle: Circle) -> None:
    author, book, review = await held(circle)
    await circle.revises(author, book, review, 4, SPAM + " Or here: www.cheaper.example")
    with pytest.raises(StaleVersion):
        await circle.approves(review, seen=1)
    await circle.approves(review, seen=2)
    assert (await circle.sees(book, review)).state == "published"
    assert await circle.stars(book) == stars(fours=1)
    assert review not in await queued(circle)
    deeds = [(line.deed, line.by) for line in await circle.views.history(review)]
    assert deeds == [("written", author), ("revised", author), ("approved", STAFF)]


async def test_a_rejected_review_tells_its_author_why_and_comes_back_to_staff(circle: Circle) -> None:
    author, book, review = await held(circle)
    await circle.rejects(review, RejectionReason.OFF_TOPIC)
    own = await circle.views.own(book, author)
    assert (own.state, list(own.reasons)) == ("rejected", ["off_topic"])
    assert review not in await queued(circle)
    await circle.revises(author, book, review, 3, "It is about matchmaking.")
    own = await circle.views.own(book, author)
    assert (own.state, list(own.reasons)) == ("held", ["rejected_before"])
    assert await circle.events(review) == ["review_held", "review_rejected", "review_held"]


async def test_what_was_rejected_is_not_forgotten_by_writing_it_anew(circle: Circle) -> None:
    author, book, review = await held(circle)
    await circle.rejects(review)
    await circle.withdraws(author, book, review)
    again = await circle.writes(author, book, 3, "It is about matchmaking.")
    assert list((await circle.sees(book, again)).reasons) == ["rejected_before"]


async def test_a_published_review_can_be_rejected_and_staff_may_change_its_mind(circle: Circle) -> None:
    book = await circle.book()
    review = await circle.writes(await circle.reader(), book, 5)
    await circle.rejects(review, RejectionReason.SPOILER)
    assert await circle.stars(book) == stars()
    await circle.approves(review)
    assert await circle.stars(book) == stars(fives=1)


async def test_a_correction_that_leaves_nothing_suspicious_is_published(circle: Circle) -> None:
    author, book, review = await held(circle)
    await circle.revises(author, book, review, 5, "Buy it.")
    assert (await circle.sees(book, review)).state == "published"
    await circle.revises(author, book, review, 5, SPAM)
    assert (await circle.sees(book, review)).state == "held"
    assert await circle.stars(book) == stars()


async def test_the_same_text_again_is_seen_by_staff_whoever_writes_it(circle: Circle) -> None:
    book, other = await circle.book(), await circle.book()
    first = await circle.writes(await circle.reader(), book, 5, SAME)
    second = await circle.writes(await circle.reader(), other, 5, SAME.upper().lower() + " ")
    assert (await circle.sees(book, first)).state == "published"
    assert list((await circle.sees(other, second)).reasons) == ["repeated_text"]


async def test_enough_readers_put_a_review_before_staff(circle: Circle) -> None:
    author, book = await circle.reader(), await circle.book()
    review = await circle.writes(author, book, 1, "Rude.")
    angry = await readers(circle, REPORTS_TO_HOLD)
    await circle.reports(book, review, *angry[1:], *angry[1:])  # twice by the same people counts once
    assert (await circle.sees(book, review)).state == "published"
    await circle.reports(book, review, angry[0])
    assert await circle.stars(book) == stars()
    [waiting] = [h for h in (await circle.views.held(100, None)).items if h.review_id == review]
    assert (list(waiting.reasons), waiting.reports) == (["reported"], {"spam": REPORTS_TO_HOLD})
    with pytest.raises(OwnReview):
        await circle.reports(book, review, author)
    with pytest.raises(ReviewNotFound):
        await circle.reports(book, review, await circle.reader())
    # Other words alone do not bring it back: readers asked for a person.
    await circle.revises(author, book, review, 1, "Not rude.")
    assert (await circle.sees(book, review)).state == "held"


async def test_words_that_staff_let_stand_are_hidden_again_only_by_a_crowd(circle: Circle) -> None:
    author, book = await circle.reader(), await circle.book()
    review = await circle.writes(author, book, 1, "Rude.")
    crowd = await readers(circle, REPORTS_TO_HOLD_AGAIN)
    await circle.reports(book, review, *crowd[:REPORTS_TO_HOLD])
    await circle.approves(review)
    await circle.reports(book, review, *crowd)  # three of them have been answered
    assert (await circle.sees(book, review)).state == "published"
    await circle.revises(author, book, review, 1, "Ruder.")
    await circle.reports(book, review, *crowd[:1])  # who reads other words may report them
    assert (await circle.sees(book, review)).state == "held"


async def test_a_reader_reports_a_handful_a_day(circle: Circle) -> None:
    reader, book = await circle.reader(), await circle.book()
    for _ in range(REPORTS_A_DAY):
        await circle.reports(book, await circle.writes(await circle.reader(), book), reader)
        circle.time_passes(timedelta(minutes=1))
    review = await circle.writes(await circle.reader(), book)
    with pytest.raises(TooManyReports) as refused:
        await circle.reports(book, review, reader)
    assert refused.value.details["retry_after"] == 24 * 3600 - REPORTS_A_DAY * 60
