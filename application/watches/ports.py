"""What watches need of the rest of the shop, and of the world."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from application.shared.unit_of_work import Work
from domain.shared.errors import DomainError
from domain.shared.ids import PurchaseId, UserId, WatchId
from domain.shared.isbn import Isbn
from domain.shared.money import Money
from domain.watches.ports import Particulars
from domain.watches.result import Result


class WebhookNotAccepted(DomainError):
    """The reader's server did not take the message, or not now: send it again under the same key."""

    code = "webhook_not_accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyWanted:
    """One copy, to be bought for `maximum` or less; asked for twice under its id, it is the same one."""

    purchase_id: PurchaseId
    user_id: UserId
    isbn: Isbn
    conditions: frozenset[str]
    maximum: Money
    particulars: Particulars


class PurchaseDesk(Protocol):
    """Where a watch has copies bought."""

    async def order(self, work: Work, copy: CopyWanted) -> None:
        """Begin the purchase, in the caller's transaction; one that was begun before is the same one."""
        ...

    async def result(self, purchase_id: PurchaseId) -> Result:
        """What has become of it."""
        ...

    async def call_off(self, purchase_id: PurchaseId) -> None:
        """Call it off if that can still be; `result` tells. Raises `ProcessesUnavailable`."""
        ...


class WatchProcesses(Protocol):
    """The durable processes that watch: found by business id, started where there is none."""

    async def wake(self, watch_ids: Sequence[WatchId]) -> None:
        """Have each of them look; those that have ended need not. Raises `ProcessesUnavailable`."""
        ...


class ReadersServers(Protocol):
    """The servers that readers name to be told."""

    def require_allowed(self, url: str) -> None:
        """Raise `InvalidInput` for what the shop does not call."""
        ...

    async def post(self, url: str, body: bytes, *, key: str, signature: str) -> bool:
        """True: it was taken. False: it never will be. `key` is stable, so that the server can tell what it
        has got before. Raises `WebhookNotAccepted`.
        """
        ...
