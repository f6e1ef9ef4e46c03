"""What readers say about works, in memory and in PostgreSQL."""

from datetime import timedelta
from uuid import uuid4

import pytest

from domain.books.errors import BookNotFound
from domain.reviews.errors import (
    AlreadyReviewed,
    NotYourReview,
    OwnReview,
    ReviewNotFound,
    TooManyReviews,
)
from domain.reviews.limits import IN_A_HURRY, WRITINGS_A_DAY
from domain.shared.errors import StaleVersion
from tests.contract.reviews.conftest import STAFF, Circle, stars


def at_length() -> str:
    """More than a line, and nobody else's words."""
    return f"It begins with a ball and ends with a wedding, and in between all are wrong. {uuid4().hex}"


async def test_a_review_reads_as_it_was_written_and_counts_for_every_edition(circle: Circle) -> None:
    reader, work = await circle.reader(), await circle.work()
    paper, digital = await circle.book(work), await circle.book(work)
    text = at_length()
    review = await circle.writes(reader, paper, 4, text, title="Oh, Emma", display_name="J. F.")
    [listed] = await circle.listed(digital)
    assert (listed.review_id, listed.rating, listed.helpful, listed.verified_purchase) == (
        review,
        4,
        0,
        False,
    )
    assert (listed.title, listed.text, listed.display_name) == ("Oh, Emma", text, "J. F.")
    assert (listed.written_at, listed.revised_at) == (circle.clock.now(), None)
    own = await circle.views.own(digital, reader)
    assert (own.state, own.version, own.yours, own.work_id, list(own.reasons)) == (
        "published",
        1,
        True,
        work,
        [],
    )
    assert not (await circle.sees(paper, review, STAFF)).yours
    assert await circle.stars(digital) == stars(fours=1)
    assert await circle.events(work) == ["work_rated"]
    assert await circle.events(review) == ["review_published"]


async def test_a_reader_has_one_say_about_a_work(circle: Circle) -> None:
    reader, work = await circle.reader(), await circle.work()
    review = await circle.writes(reader, await circle.book(work), 4)
    with pytest.raises(AlreadyReviewed) as refused:
        await circle.writes(reader, await circle.book(work), 5)
    assert refused.value.details == {"review_id": str(review)}
    assert await circle.stars(await circle.book(work)) == stars(fours=1)


async def test_what_is_not_sold_is_not_reviewed(circle: Circle) -> None:
    reader, book = await circle.reader(), await circle.book()
    review = await circle.writes(reader, book, 4)
    async with circle.unit_of_work() as work:
        withdrawn = await work.books.get(book)
        withdrawn.withdraw(circle.clock.now())
        await work.books.save(withdrawn)
    with pytest.raises(BookNotFound):
        await circle.writes(await circle.reader(), book)
    with pytest.raises(BookNotFound):
        await circle.listed(book)
    await circle.withdraws(reader, book, review)  # its author can take it back nevertheless


async def test_only_its_author_changes_a_review_on_the_version_she_has_seen(circle: Circle) -> None:
    reader, book = await circle.reader(), await circle.book()
    review = await circle.writes(reader, book, 2, "Dull.")
    with pytest.raises(NotYourReview):
        await circle.revises(await circle.reader(), book, review)
    with pytest.raises(ReviewNotFound):
        await circle.revises(reader, await circle.book(), review)
    await circle.revises(reader, book, review, 4, "Dull until page 100.", seen=1)
    with pytest.raises(StaleVersion):
        await circle.revises(reader, book, review, 1, seen=1)
    now = await circle.sees(book, review)
    assert (now.version, now.rating, now.text) == (2, 4, "Dull until page 100.")
    assert now.revised_at == circle.clock.now()
    assert await circle.stars(book) == stars(fours=1)
    assert await circle.events(now.work_id) == ["work_rated", "work_rated"]
    assert await circle.events(review) == ["review_published", "review_revised"]


async def test_saying_the_same_again_changes_nothing(circle: Circle) -> None:
    reader, book = await circle.reader(), await circle.book()
    review = await circle.writes(reader, book, 2, "Dull.")
    await circle.revises(reader, book, review, 2, "Dull.")
    now = await circle.sees(book, review)
    assert (now.version, now.revised_at) == (1, None)
    assert await circle.events(review) == ["review_published"]


async def test_what_is_taken_back_is_gone_and_may_be_said_anew(circle: Circle) -> None:
    reader, book = await circle.reader(), await circle.book()
    text = at_length()
    review = await circle.writes(reader, book, 2, text)
    await circle.votes(await circle.reader(), book, review)
    with pytest.raises(NotYourReview):
        await circle.withdraws(await circle.reader(), book, review)
    with pytest.raises(StaleVersion):
        await circle.withdraws(reader, book, review, seen=7)
    await circle.withdraws(reader, book, review, seen=1)
    assert await circle.stars(book) == stars()
    assert await circle.listed(book) == []
    for gone in (circle.sees(book, review, reader), circle.views.own(book, reader)):
        with pytest.raises(ReviewNotFound):
            await gone
    with pytest.raises(ReviewNotFound):
        await circle.withdraws(reader, book, review)
    lines = await circle.views.history(review)
    assert [(line.deed, line.state, line.text, line.rating) for line in lines] == [
        ("written", "published", None, None),
        ("withdrawn", "withdrawn", None, None),
    ]
    again = await circle.writes(reader, book, 5, text)
    assert (await circle.sees(book, again)).state == "published"
    assert await circle.stars(book) == stars(fives=1)


async def test_staff_sees_everything_that_was_said(circle: Circle) -> None:
    reader, book = await circle.reader(), await circle.book()
    review = await circle.writes(reader, book, 1, "Dull.", title="No")
    circle.time_passes(timedelta(hours=1))
    await circle.revises(reader, book, review, 5, "Not dull.")
    lines = await circle.views.history(review)
    assert [(line.deed, line.by, line.rating, line.title, line.text) for line in lines] == [
        ("written", reader, 1, "No", "Dull."),
        ("revised", reader, 5, None, "Not dull."),
    ]
    assert lines[1].at - lines[0].at == timedelta(hours=1)


async def test_a_reader_helps_a_review_once_and_never_her_own(circle: Circle) -> None:
    author, reader, book = await circle.reader(), await circle.reader(), await circle.book()
    review = await circle.writes(author, book)
    assert [await circle.votes(reader, book, review) for _ in range(2)] == [1, 1]
    assert await circle.votes(await circle.reader(), book, review) == 2
    assert (await circle.sees(book, review)).helpful == 2
    assert [await circle.takes_back(reader, book, review) for _ in range(2)] == [1, 1]
    with pytest.raises(OwnReview):
        await circle.votes(author, book, review)
    assert (await circle.sees(book, review)).version == 1  # a vote does not stand in the author's way


async def test_nobody_writes_more_in_a_day_than_there_are_books_to_read(circle: Circle) -> None:
    reader, book = await circle.reader(), await circle.book()
    review = await circle.writes(reader, book, 1)
    for turn in range(WRITINGS_A_DAY - 1):
        circle.time_passes(timedelta(minutes=20))
        await circle.revises(reader, book, review, 2 + turn % 2)
    with pytest.raises(TooManyReviews) as refused:
        await circle.writes(reader, await circle.book())
    waited = timedelta(minutes=20) * (WRITINGS_A_DAY - 1)
    left = timedelta(days=1) - waited
    assert refused.value.details == {"retry_after": left.total_seconds()}
    circle.time_passes(left)
    await circle.writes(reader, await circle.book())


async def test_who_writes_faster_than_anybody_reads_waits_for_staff(circle: Circle) -> None:
    reader = await circle.reader()
    states = []
    for _ in range(IN_A_HURRY + 1):
        book = await circle.book()
        review = await circle.writes(reader, book)
        states.append((await circle.sees(book, review)).state)
    assert states == ["published"] * IN_A_HURRY + ["held"]
