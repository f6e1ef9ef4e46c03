"""The front door: a reader wants a book at a price or less."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from application.purchases.views import PurchaseOutcome
from application.shared.unit_of_work import UnitOfWork
from domain.purchases.ports import Particulars
from domain.purchases.purchase import Purchase
from domain.requests.idempotency import Answer, RequestInProgress, RequestKey, Requests
from domain.shared.clock import Clock
from domain.shared.errors import InvalidInput
from domain.shared.ids import IdSource, PurchaseId
from domain.shared.isbn import Isbn
from domain.shared.money import Money

# The front door answers within 20 s; after that the process that held the request is surely gone.
BUSY_FOR: Final = timedelta(seconds=25)
HIGHEST: Final = 100_000_000  # minor units: no book costs a million


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseWish:
    """What the reader sent. `fingerprint` is a digest of the body: the same key must mean the same."""

    request: RequestKey
    fingerprint: bytes
    isbn: Isbn
    max_price: Money
    conditions: frozenset[str]
    particulars: Particulars


@dataclass(frozen=True, slots=True)
class Received:
    """The purchase, and the answer to this very request where there is one: `replayed` says it was given
    before.
    """

    purchase_id: PurchaseId
    answer: Answer | None = None
    replayed: bool = False


AnswerAtOnce = Callable[[PurchaseOutcome], Answer]


class ReceivePurchase:
    """A signed-in reader names a book, the most it may cost in all, how to pay and where to send it. The
    cheapest of all stores sells it, if it asks no more than that; if not, nothing is bought and the lowest
    price found is told. The maximum and the reader's caps are absolute.

    Request key, purchase and event are one transaction. The same request again finds the first one's
    purchase, never a second.
    """

    def __init__(self, unit_of_work: UnitOfWork, requests: Requests, clock: Clock, ids: IdSource) -> None:
        self._unit_of_work = unit_of_work
        self._requests = requests
        self._clock = clock
        self._ids = ids

    async def __call__(self, wish: PurchaseWish, answer_at_once: AnswerAtOnce | None = None) -> Received:
        """With `answer_at_once` nobody will wait for the outcome: the answer "pending" is kept in the same
        transaction. Raises `KeyReused`, `RequestInProgress`.
        """
        if not 0 < wish.max_price.amount <= HIGHEST:
            raise InvalidInput("max_price", f"Name a price from 1 to {HIGHEST} in minor units.")
        seen = await self._seen_before(wish)
        if seen is not None:
            return seen
        purchase = self._purchase(wish, self._clock.now())
        answer = answer_at_once(outcome_of(purchase)) if answer_at_once else None
        async with self._unit_of_work() as work:
            taken = await work.requests.remember(
                wish.request,
                fingerprint=wish.fingerprint,
                subject_id=purchase.id,
                busy_until=purchase.received_at + BUSY_FOR,
                at=purchase.received_at,
                answer=answer,
            )
            if taken:
                await work.purchases.add(purchase, wish.particulars)
                return Received(purchase.id, answer)
        return await self._seen_before(wish) or _busy()

    async def _seen_before(self, wish: PurchaseWish) -> Received | None:
        now = self._clock.now()
        known = await self._requests.recall(wish.request)
        if known is None:
            return None
        known.require_same(wish.fingerprint)
        if known.answer is None and not await self._requests.take_over(
            wish.request, busy_until=now + BUSY_FOR, at=now
        ):
            return _busy()
        return Received(PurchaseId(known.subject_id), known.answer, replayed=known.answer is not None)

    def _purchase(self, wish: PurchaseWish, now: datetime) -> Purchase:
        purchase = Purchase(
            id=PurchaseId(self._ids.new()),
            user_id=wish.request.user_id,
            isbn=wish.isbn,
            conditions=wish.conditions,
            max_price=wish.max_price,
            received_at=now,
        )
        purchase.receive()
        return purchase


def _busy() -> Received:
    raise RequestInProgress("This request is still being worked on; ask again.", retry_after=1)


def outcome_of(purchase: Purchase) -> PurchaseOutcome:
    """The short answer about a purchase."""
    return PurchaseOutcome(
        purchase_id=purchase.id,
        isbn=purchase.isbn,
        conditions=sorted(purchase.conditions),
        max_price=purchase.max_price,
        status=purchase.status,
        price_paid=purchase.kept or None,
        lowest_price_found=purchase.lowest.landed if purchase.lowest else None,
        cheaper_elsewhere=purchase.cheaper_elsewhere,
        store=purchase.quote.store if purchase.quote else None,
        action_url=purchase.action_url,
        ended_because=purchase.ended_because,
    )
