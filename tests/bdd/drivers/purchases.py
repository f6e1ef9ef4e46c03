"""What one person does about prices and purchases elsewhere, in memory and over the API."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

import httpx
import msgspec

from application.prices.comparison_events import Compared
from application.prices.price_question import PriceQuestion
from application.purchases.receive_purchase import PurchaseWish
from domain.purchases.caps import Caps
from domain.purchases.ports import Particulars
from domain.requests.idempotency import Answer, RequestKey
from domain.shared.ids import PurchaseId
from domain.shared.isbn import Isbn
from entrypoints.http.prices.comparison_schemas import PriceComparison, SuspectedPrice
from entrypoints.http.purchases.answers import PurchaseAnswer
from entrypoints.http.purchases.books import CapsAnswer, ReconciliationAnswer
from entrypoints.http.purchases.receipt import ReceiptAnswer
from tests.bdd.drivers.counter import fingerprint, heard, told
from tests.bdd.drivers.protocol import Elsewhere, Told
from tests.builders import address, usd
from tests.shop import ADDRESS

FRESH = {"Cache-Control": "no-cache"}
MANY = 100


class PurchasesInMemory:
    """Beside the other deeds of a customer in memory, who signs in and says who she is."""

    _use: Any
    _signed_in: Any
    _staff: Any

    async def compare(self, isbn: str, seconds: float) -> Told:
        question = PriceQuestion(isbn=Isbn(isbn), currency="USD")
        compare = self._use.compare_prices()
        events = [event async for event in compare(question, within=timedelta(seconds=seconds))]
        [end] = [event for event in events if isinstance(event, Compared)]
        await compare.settle()
        return told(PriceComparison.of(isbn, "USD", end))

    async def buy_elsewhere(self, wish: Elsewhere) -> Told:
        async with self._signed_in() as me:
            wanted = PurchaseWish(
                request=RequestKey(me.user_id, "purchase", wish.key),
                fingerprint=fingerprint(wish),
                isbn=Isbn(wish.isbn),
                max_price=usd(wish.maximum),
                conditions=frozenset({"new"}),
                particulars=Particulars(address(), wish.card),
            )
            received = await self._use.receive_purchase()(wanted)
            if received.answer is not None:
                return heard(received.answer)
            outcome = await self._use.follow_purchase()(received.purchase_id)
            answer = Answer(200, msgspec.json.encode(PurchaseAnswer.of(outcome)))
            return heard(await self._use.answer_request()(wanted.request, answer))

    async def see_purchase(self, purchase_id: str) -> Told:
        async with self._signed_in() as me:
            return told(ReceiptAnswer.of(await self._use.see_purchase()(PurchaseId(UUID(purchase_id)), me)))

    async def purchases(self) -> Sequence[Told]:
        async with self._signed_in() as me:
            found, _ = await self._use.list_purchases()(me, before=None, limit=MANY)
            return told([PurchaseAnswer.of(outcome) for outcome in found])

    async def set_caps(self, each: int, day: int, month: int) -> None:
        async with self._signed_in() as me:
            caps = Caps(per_purchase=usd(each), per_day=usd(day), per_month=usd(month))
            await self._use.set_caps()(me.user_id, caps)

    async def caps(self) -> Sequence[Told]:
        async with self._signed_in() as me:
            return told([CapsAnswer.of(force) for force in await self._use.see_caps()(me.user_id)])

    async def suspected_prices(self) -> Sequence[Told]:
        async with self._staff():
            return told([SuspectedPrice.of(doubt) for doubt in await self._use.see_doubts()(MANY)])

    async def decide_price(self, suspicion: str, decision: str) -> None:
        async with self._staff(), self._signed_in() as me:
            decide = {"approve": self._use.approve_price, "reject": self._use.reject_price}[decision]()
            await decide(UUID(suspicion), me.user_id)

    async def reckonings(self) -> Sequence[Told]:
        async with self._staff():
            return told([ReconciliationAnswer.of(day) for day in await self._use.see_reconciliations()(1)])


class AsksTheShop(Protocol):
    async def _ask(self, method: str, path: str, body: object = None, **headers: str) -> dict[str, Any]: ...


class PurchasesOverHttp:
    """The same over the API."""

    async def compare(self: AsksTheShop, isbn: str, seconds: float) -> Told:
        query = httpx.QueryParams({"wait": seconds})
        return await self._ask("GET", f"/v1/books/{isbn}/prices?{query}", **FRESH)

    async def buy_elsewhere(self: AsksTheShop, wish: Elsewhere) -> Told:
        body = {
            "book_isbn": wish.isbn,
            "max_price": asdict(usd(wish.maximum)),
            "payment_info": {"method": "card", "token": wish.card},
            "user_info": {"shipping_addr": ADDRESS},
        }
        return await self._ask("POST", "/v1/purchases", body, **{"Idempotency-Key": wish.key})

    async def see_purchase(self: AsksTheShop, purchase_id: str) -> Told:
        return await self._ask("GET", f"/v1/purchases/{purchase_id}")

    async def purchases(self: AsksTheShop) -> Sequence[Told]:
        items: Sequence[Told] = (await self._ask("GET", f"/v1/purchases?limit={MANY}"))["items"]
        return items

    async def set_caps(self: AsksTheShop, each: int, day: int, month: int) -> None:
        body = {"currency": "USD", "per_purchase": each, "per_day": day, "per_month": month}
        await self._ask("PUT", "/v1/purchases/caps", body)

    async def caps(self: AsksTheShop) -> Sequence[Told]:
        items: Sequence[Told] = (await self._ask("GET", "/v1/purchases/caps"))["items"]
        return items

    async def suspected_prices(self: AsksTheShop) -> Sequence[Told]:
        items: Sequence[Told] = (await self._ask("GET", f"/v1/prices/suspicions?limit={MANY}"))["items"]
        return items

    async def decide_price(self: AsksTheShop, suspicion: str, decision: str) -> None:
        await self._ask("POST", f"/v1/prices/suspicions/{suspicion}/{decision}")

    async def reckonings(self: AsksTheShop) -> Sequence[Told]:
        found = await self._ask("GET", "/v1/purchases/reconciliations?limit=1")
        items: Sequence[Told] = found["items"]
        return items
