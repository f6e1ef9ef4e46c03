"""What is remembered of a book's prices, for a watch that has not heard any yet."""

from datetime import datetime

from application.prices.remember_prices import LOW_FOR
from application.shared.unit_of_work import Work
from domain.shared.isbn import Isbn
from domain.watches.lows import Low


async def known_lows(work: Work, isbn: Isbn, now: datetime, *, heard_at: datetime) -> list[Low]:
    """The lowest prices that are remembered `now`, as if heard at that moment; what was heard once, and
    nobody knows any more, is none.
    """
    known = await work.prices.lows([isbn], now - LOW_FOR)
    found = {
        (series.format, series.condition.value, series.currency): price for series, price in known.items()
    }
    heard = {(low.format, low.condition, low.currency) for low in await work.watches.lows(isbn)}
    return [
        Low(
            isbn=isbn,
            format=form,
            condition=condition,
            currency=currency,
            price=found.get((form, condition, currency)),
            at=heard_at,
        )
        for form, condition, currency in sorted(heard | found.keys())
    ]
