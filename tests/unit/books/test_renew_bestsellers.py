"""Bestsellers are of the last four weeks."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from application.books.renew_bestsellers import AT_ONCE, MOST, RenewBestsellers
from domain.shared.ids import BookId
from tests.fakes.sales import InMemorySales
from tests.fakes.search_documents import InMemoryDocuments
from tests.fakes.time import StandingClock

TODAY = date(2026, 3, 29)
CLOCK = StandingClock(datetime(2026, 3, 29, 23, 59, tzinfo=UTC))


def book(number: int) -> BookId:
    return BookId(UUID(int=number))


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


async def test_what_sold_four_weeks_ago_counts_no_more_and_the_day_after_it_still_does() -> None:
    sales = InMemorySales((days_ago(40), book(1)), (days_ago(28), book(2)), (days_ago(27), book(3)))
    assert await RenewBestsellers(sales, InMemoryDocuments(list), CLOCK)() == [book(1), book(2)]
    assert sales.days == [(days_ago(27), book(3))]


async def test_the_search_is_told_whose_figures_changed() -> None:
    sales, documents = InMemorySales((days_ago(40), book(1))), InMemoryDocuments(list)
    await RenewBestsellers(sales, documents, CLOCK)()
    assert list(documents.marked) == [book(1)]  # this catalogue has a work for each book, of the same id


async def test_a_book_whose_figures_changed_twice_is_named_once() -> None:
    sales = InMemorySales((days_ago(30), book(1)), (days_ago(29), book(1)))
    assert await RenewBestsellers(sales, InMemoryDocuments(list), CLOCK)() == [book(1)]
    assert await RenewBestsellers(sales, InMemoryDocuments(list), CLOCK)() == []


async def test_a_call_lets_go_of_so_many_at_most_and_the_next_goes_on() -> None:
    sales = InMemorySales(*((days_ago(30), book(number)) for number in range(AT_ONCE * MOST + 7)))
    renew = RenewBestsellers(sales, InMemoryDocuments(list), CLOCK)
    assert [len(await renew()), len(await renew()), len(await renew())] == [AT_ONCE * MOST, 7, 0]
