"""How often one visitor may ask others through us."""

import math
from typing import Final

from application.external_books.ports import Pace, PaceTerms
from application.shared.rate_limiter import TooManyRequests

# A person types a search every few seconds; the sources count their questions by the day and the shop's
# name is on all of them.
A_VISITOR: Final = PaceTerms(a_minute=30, at_once=10)


class AdmitVisitor:
    """Each visitor may look beyond the shop thirty times a minute, ten of them at once."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    async def __call__(self, visitor: str) -> None:
        """Raises `TooManyRequests`."""
        wait = await self._pace.take(f"visitor:{visitor}", A_VISITOR)
        if wait > 0:
            raise TooManyRequests(math.ceil(wait))
