"""Friends as a reader sees them: what can be asked, and what is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from domain.friends.friendship import Standing
from domain.shared.errors import InvalidInput
from domain.shared.ids import UserId

LONGEST_PAGE: Final = 100  # as lists of books


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquaintance:
    """Another reader: how you stand with her since when, and what she wants to be called, if anything."""

    reader_id: UserId
    display_name: str | None
    standing: Standing
    since: datetime


@dataclass(frozen=True, slots=True)
class AcquaintancePage:
    """Some of them, the latest first, and where to go on; `next` is null on the last page."""

    items: Sequence[Acquaintance]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcquaintanceQuery:
    """Those of `reader` who stand so; `cursor` is the `next` of the page before."""

    reader: UserId
    standing: Standing
    limit: int
    cursor: str | None

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= LONGEST_PAGE:
            raise InvalidInput("limit", f"Use 1 to {LONGEST_PAGE}.")


class FriendViews(Protocol):
    """The read side: never used to decide a change. Nobody is shown whose account was erased."""

    async def of(self, query: AcquaintanceQuery) -> AcquaintancePage:
        """One page; raises `InvalidInput` for a foreign cursor."""
        ...

    async def one(self, reader: UserId, other: UserId) -> Acquaintance:
        """How she stands with that reader; raises `ReaderNotFound` where, as far as she may know, nowhere."""
        ...
