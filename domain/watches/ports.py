"""What the shop needs to keep watches."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.shared.address import PostalAddress
from domain.shared.ids import UserId, WatchId
from domain.shared.isbn import Isbn
from domain.watches.lows import Low
from domain.watches.watch import Watch


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where a reader's own server is told, and the secret that signs what it is told."""

    url: str
    secret: str


@dataclass(frozen=True, slots=True)
class Particulars:
    """What only the store, the payment provider and the reader's server need to know: personal, sealed at
    rest, never in histories or logs. A watch that only tells has neither address nor token.
    """

    address: PostalAddress | None = None
    payment_token: str | None = None
    webhook: Webhook | None = None


class Watches(Protocol):
    """Aggregates in, aggregates out. `save` writes the new events and sentences as well."""

    async def add(self, watch: Watch, particulars: Particulars) -> None:
        """Keep a new watch."""
        ...

    async def get(self, watch_id: WatchId) -> Watch:
        """Load for a change (nobody else changes it meanwhile); raises `WatchNotFound`."""
        ...

    async def save(self, watch: Watch) -> None:
        """Keep what changed; raises `StaleVersion`."""
        ...

    async def particulars(self, watch_id: WatchId) -> Particulars:
        """Open the sealed part; raises `WatchNotFound`."""
        ...

    async def open_of(self, reader: UserId) -> int:
        """How many watches of theirs have not ended."""
        ...

    async def lows(self, isbn: Isbn) -> Sequence[Low]:
        """The prices last heard, of every form and condition."""
        ...

    async def hear(self, low: Low) -> None:
        """A price was heard. What is older than what is known, and of a book nobody watches, is nothing."""
        ...
