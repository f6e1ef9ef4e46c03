"""What can be known of questions before they are asked, from the shop's own tables."""

from datetime import timedelta
from uuid import uuid4

import pytest

from adapters.postgres.database import Database
from adapters.postgres.queries.demand_sources import (
    BUYERS,
    Bestsellers,
    BooksBeside,
    ClubsThatMeet,
    WatchedBooks,
)
from adapters.postgres.repositories.interests import PostgresInterests
from adapters.postgres.statement import Statement
from domain.prices.estimates.demand import PURCHASE_QUESTIONS, RELATED_SHARE, WATCH_QUESTIONS, WINDOW
from domain.shared.isbn import Isbn
from tests.builders import NOON
from tests.price_builders import an_isbn

_BOOK = Statement("""
WITH work AS (
    INSERT INTO works (key, title, series_key) VALUES (%(isbn)s, 'Emma', %(series)s) RETURNING id
)
INSERT INTO books (work_id, isbn, format, title, sorting_key, price, currency, sold_lately)
SELECT id, %(isbn)s, 'paperback', 'Emma', 'emma', 999, 'USD', %(sold)s FROM work
""")
_WATCH = Statement("""
INSERT INTO watches (id, user_id, isbn, begun_at, formats, conditions, currency, target, until, status,
                     threshold, clears, attempt, bought, failures, notices, told, version, sealed_particulars)
VALUES (%(id)s, %(id)s, %(isbn)s, now(), '{paperback}', '{new}', 'USD', 900, now(), %(status)s,
        900, 0, 0, 0, 0, '[]', 0, 1, '')
""")
_PRICE = Statement("""
INSERT INTO watched_prices (isbn, format, condition, currency, price, at)
VALUES (%(isbn)s, %(format)s, 'new', 'USD', %(price)s, now())
""")

_CLUB = Statement("""
INSERT INTO clubs (id, name, name_key, visibility, betting, founded_at, version)
VALUES (%(club)s, 'Emma', 'emma', 'private', false, now(), 1)
""")
_MEMBER = Statement("""
INSERT INTO club_members (club_id, user_id, standing, role, since)
VALUES (%(club)s, %(reader)s, %(standing)s, 'member', now())
""")
_MEETING = Statement("""
INSERT INTO meetings (id, club_id, work_id, starts_at, time_zone, arranged_by, scheduled_at, changed_at,
                      first_at, status, version)
SELECT %(meeting)s, %(club)s, work_id, %(at)s, 'UTC', %(club)s, now(), now(), %(at)s, %(status)s, 1
FROM books WHERE isbn = %(isbn)s
""")
_ATTENDEE = Statement("""
INSERT INTO meeting_attendees (meeting_id, user_id, since, rsvp, sealed, fraction, high_water, credited,
                               noted_at, version)
VALUES (%(meeting)s, %(reader)s, now(), %(rsvp)s, false, 0, 0, 0, %(noted_at)s, 1)
""")
_SECOND_EDITION = Statement("""
INSERT INTO books (work_id, isbn, format, title, sorting_key, price, currency)
SELECT work_id, %(second)s, 'ebook', title, sorting_key, price, currency FROM books WHERE isbn = %(isbn)s
""")


async def sells(database: Database, isbn: Isbn, *, sold: int = 0, series: str | None = None) -> None:
    async with database.connection() as connection:
        await connection.run(_BOOK, isbn=isbn.value, sold=sold, series=series)


async def watched(database: Database, isbn: Isbn, status: str = "active") -> None:
    async with database.connection() as connection:
        await connection.run(_WATCH, id=uuid4(), isbn=isbn.value, status=status)


async def test_who_buys_a_book_has_looked_about_before(database: Database) -> None:
    sold, unsold = an_isbn(), an_isbn()
    await sells(database, sold, sold=280)
    await sells(database, unsold)
    expected = await Bestsellers(database).expected(NOON)
    assert expected[sold] == pytest.approx(PURCHASE_QUESTIONS * 10 / 86_400)
    assert unsold not in expected


async def test_who_asks_for_a_book_may_ask_for_the_next_one(database: Database) -> None:
    first, second, other, series = an_isbn(), an_isbn(), an_isbn(), f"series-{uuid4().hex}"
    await sells(database, first, series=series)
    await sells(database, second, series=series)
    await sells(database, other)
    await PostgresInterests(database).note({first: 100}, NOON)
    expected = await BooksBeside(database).expected(NOON)
    assert expected[second] == pytest.approx(RELATED_SHARE * 100 / WINDOW)
    assert first not in expected
    assert other not in expected


async def test_whoever_waits_for_a_price_is_expected_to_look_for_it(database: Database) -> None:
    near, far, unknown, ended = (an_isbn() for _ in range(4))
    for isbn, price in ((near, 900), (far, 2_700)):
        await watched(database, isbn)
        async with database.connection() as connection:
            await connection.run(_PRICE, isbn=isbn.value, format="paperback", price=price)
            await connection.run(_PRICE, isbn=isbn.value, format="ebook", price=100)
    await watched(database, near)
    await watched(database, unknown)
    await watched(database, ended, "ended")
    expected = await WatchedBooks(database).expected(NOON)
    assert expected[near] == pytest.approx(2 * WATCH_QUESTIONS)
    assert expected[unknown] == pytest.approx(WATCH_QUESTIONS)
    assert 0 < expected[far] < WATCH_QUESTIONS / 1_000
    assert ended not in expected


async def test_a_club_that_will_meet_wants_one_of_its_editions_by_then(
    database: Database,
) -> None:
    emma, ebook, cancelled = an_isbn(), an_isbn(), an_isbn()
    club, week = uuid4(), timedelta(days=7)
    async with database.connection() as connection:
        await connection.run(_CLUB, club=club)
        readers = [uuid4() for _ in range(6)]
        for reader, standing in zip(readers, ["member"] * 5 + ["left"], strict=True):
            await connection.run(_MEMBER, club=club, reader=reader, standing=standing)
    await sells(database, emma)
    await sells(database, cancelled)
    async with database.connection() as connection:
        await connection.run(_SECOND_EDITION, isbn=emma.value, second=ebook.value)
        for isbn, status in ((emma, "scheduled"), (cancelled, "cancelled")):
            meeting = uuid4()
            asked = {"meeting": meeting, "club": club, "isbn": isbn.value, "status": status}
            await connection.run(_MEETING, **asked, at=NOON + week)
            for reader, rsvp, noted in [
                (readers[0], "coming", None),
                (readers[1], "declined", None),
                (readers[2], "maybe", NOON),  # has begun to read
            ]:
                told = {"meeting": meeting, "reader": reader, "rsvp": rsvp, "noted_at": noted}
                await connection.run(_ATTENDEE, **told)
    expected = await ClubsThatMeet(database).expected(NOON)
    each = PURCHASE_QUESTIONS * 3 * BUYERS / 2 / week.total_seconds()
    assert (expected[emma], expected[ebook]) == (pytest.approx(each), pytest.approx(each))
    assert cancelled not in expected
    assert emma not in await ClubsThatMeet(database).expected(NOON + week)
