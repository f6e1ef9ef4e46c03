"""A reader whom nobody could overlook, and everything she does in the shop, rightly and wrongly."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import httpx

from domain.users.email import EmailAddress
from domain.users.principal import Role
from entrypoints.container import Container
from entrypoints.settings import Settings
from tests.http.shelf import Shelf
from tests.world import asking

EMAIL = "Wilhelmina.Quackenbush@example.org"
SECOND_EMAIL = "wilhelmina.quackenbush+books@example.org"
NAME, PHONE, PASSWORD = "Wilhelmina Quackenbush", "+1 555 0107777", "seven blue herons"
ADDRESS = {
    "name": NAME,
    "line1": "77 Quagmire Lane",
    "line2": "c/o Quackenbush",
    "city": "Quackington",
    "postal_code": "Q77 4QX",
    "country": "US",
}
CARD = "4242 4242 4242 4242"
# One piece in every encoding, and found nowhere else.
WORDS = ("quackenbush", "quagmire", "quackington", "5550107777", "4242424242424242")


class Wilhelmina:
    """She, her browser, and what she ordered."""

    def __init__(self, http: httpx.AsyncClient, shelf: Shelf) -> None:
        self._http = http
        self._shelf = shelf
        self._headers: dict[str, str] = {}
        self.user_id = ""
        self.orders: list[str] = []
        self.purchases: list[str] = []

    def traces(self) -> set[str]:
        """The ids by which a search comes across her."""
        return {self.user_id, *self.orders, *self.purchases}

    async def opens_an_account(self) -> None:
        account = {"email": EMAIL, "password": PASSWORD, "name": NAME}
        for _ in range(2):  # the second time her address is taken
            answer = await self._http.post("/v1/users/register", json=account)
        assert answer.status_code == 409
        for password in ("wrong horses", PASSWORD):
            answer = await self._http.post("/v1/users/login", json={"email": EMAIL, "password": password})
        answer.raise_for_status()
        self._headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
        profile = {"email": EMAIL, "name": NAME, "phone": PHONE, "address": ADDRESS}
        kept = await self._http.put("/v1/users/profile", headers=self._headers, json=profile)
        kept.raise_for_status()
        self.user_id = kept.json()["id"]
        moved = {"email": SECOND_EMAIL, "current_password": PASSWORD}
        (await self._http.patch("/v1/users/profile", headers=self._headers, json=moved)).raise_for_status()

    async def becomes_staff(self, box: Container) -> None:
        """A bookseller may be a reader, too."""
        await box.use_cases.grant_role()(EmailAddress.parse(SECOND_EMAIL), Role.STAFF, by=None)

    async def makes_mistakes(self) -> None:
        """Each is answered with an error, and errors are what gets written down."""
        await self._put_in_cart(self._shelf.put())
        wrong: list[dict[str, Any]] = [
            {"payment_info": {"method": "card", "token": CARD}},
            {"payment_info": {"method": "card", "token": CARD.replace(" ", "")}},
            {"payment_info": {"method": "card", "token": "tok_ok", "card_number": CARD}},
            {"shipping_addr": {**ADDRESS, "country": "Quackington"}},
            {"shipping_addr": {**ADDRESS, "line1": ADDRESS["line1"] * 20}},
            {"shipping_addr": {**ADDRESS, "remark": EMAIL}},
            {"shipping_addr": EMAIL},
            {"coupon": EMAIL},
        ]
        for part in wrong:
            answer = await self._checkout(**part)
            assert 400 <= answer.status_code < 500, answer.text
        await self._http.post("/v1/checkout", headers=self._headers, content=EMAIL.encode())
        for path in (f"/v1/orders/{EMAIL}", f"/v1/books/{EMAIL}", f"/{EMAIL}", f"/v1/books?cursor={EMAIL}"):
            assert (await self._http.get(path, headers=self._headers)).is_error
        for method in ("PUT", "DELETE"):
            await self._http.request(method, f"/v1/checkout?email={EMAIL}", headers=self._headers)
        await self._http.delete("/v1/cart", headers=self._headers)

    async def buys(self, token: str = "tok_ok", *, form: str = "paperback", **address: str) -> dict[str, Any]:
        """One book; the answer."""
        await self._put_in_cart(self._shelf.put(format=form))
        answer = await self._checkout(token, shipping_addr={**ADDRESS, **address})
        document: dict[str, Any] = answer.json()
        self.orders.append(document["order_id"])
        if answer.status_code != 201:
            await self._http.delete("/v1/cart", headers=self._headers)
        return document

    async def reviews(self) -> None:
        """With more about herself than she should."""
        path = f"/v1/books/{self._shelf.put()}/reviews"
        told = f"I, {NAME} of {ADDRESS['line1']}, could not put it down. Write to me: {EMAIL}"
        for words in ({"display_name": EMAIL}, {"title": EMAIL * 9}, {"text": told, "email": EMAIL}):
            answer = await self._http.post(path, headers=self._headers, json={"rating": 5, **words})
            assert answer.status_code == 400, answer.text
        words = {"rating": 5, "title": f"By {NAME}", "text": told, "display_name": NAME}
        answer = await self._http.post(path, headers=self._headers, json=words)
        assert answer.json()["text"] == told
        again = {**self._headers, "If-Match": answer.headers["etag"]}
        path = answer.headers["location"]
        (await self._http.put(path, headers=again, json={**words, "rating": 4})).raise_for_status()

    async def signs_her_card(self) -> None:
        """Rightly with her name, wrongly with her address; and she is nobody's friend by it."""
        for name, status in ((EMAIL, 400), (NAME, 200)):
            card = {"display_name": name}
            answer = await self._http.put("/v1/friends/card", headers=self._headers, json=card)
            assert answer.status_code == status, answer.text
        answer = await self._http.post("/v1/friends", headers=self._headers, json={"code": EMAIL})
        assert answer.status_code == 400, answer.text

    async def buys_elsewhere(self) -> None:
        """A book that no store has at her price: her address and token were kept all the same."""
        body = {
            "book_isbn": "9780141439587",
            "max_price": {"amount": 1_500, "currency": "USD"},
            "payment_info": {"method": "card", "token": "tok_ok"},
            "user_info": {"shipping_addr": ADDRESS},
        }
        headers = {**self._headers, "Idempotency-Key": str(uuid4())}
        answer = await self._http.post("/v1/purchases", headers=headers, json=body)
        assert answer.json()["status"] in {"no_offer", "too_dear"}, answer.text
        self.purchases.append(answer.json()["purchase_id"])

    async def cancels(self, order_id: str) -> None:
        answer = await self._http.post(f"/v1/orders/{order_id}/cancel", headers=self._headers)
        answer.raise_for_status()

    async def refunds(self, order_id: str) -> None:
        headers = {**self._headers, "Idempotency-Key": str(uuid4())}
        url = f"/v1/orders/{order_id}/refunds"
        (await self._http.post(url, headers=headers, json={"reason": "Torn page"})).raise_for_status()

    async def sees(self, order_id: str) -> dict[str, Any]:
        answer = await self._http.get(f"/v1/orders/{order_id}", headers=self._headers)
        order: dict[str, Any] = answer.json()
        return order

    async def waits_until(self, order_id: str, *statuses: str) -> None:
        async with asyncio.timeout(60):
            while (await self.sees(order_id))["status"] not in statuses:  # noqa: ASYNC110 - other servers work
                await asyncio.sleep(0.1)

    async def _put_in_cart(self, book: UUID) -> None:
        body = {"book_id": str(book), "qty": 1}
        (await self._http.post("/v1/cart", headers=self._headers, json=body)).raise_for_status()

    async def _checkout(self, token: str = "tok_ok", **parts: object) -> httpx.Response:
        body = {"payment_info": {"method": "card", "token": token}, "shipping_addr": ADDRESS, **parts}
        headers = {**self._headers, "Idempotency-Key": str(uuid4())}
        return await self._http.post("/v1/checkout", headers=headers, json=body)


async def tell(settings: Settings, box: Container) -> Wilhelmina:
    """The whole story, from her first visit to her last refund."""
    async with httpx.AsyncClient(base_url=settings.http.local_url, timeout=30) as http:
        she = Wilhelmina(http, Shelf(settings.database.url))
        await she.opens_an_account()
        await she.makes_mistakes()
        await she.buys()
        await she.buys("tok_declined")
        await she.buys(postal_code="00000")
        asked = await she.buys("tok_3ds_required")
        await she.cancels(asked["order_id"])
        async with asking(settings.carrier.url, settings.carrier.api_key) as carrier:
            await carrier.misbehave("book", "error_before", 2)
            await she.buys()
        async with asking(settings.payments.url, settings.payments.api_key) as payments:
            await payments.misbehave("authorise", "error_after")
            e_book = await she.buys(form="ebook")
        await she.buys_elsewhere()
        await she.reviews()
        await she.signs_her_card()
        for order_id in she.orders:
            await she.waits_until(order_id, "completed", "declined", "cancelled")
        await she.becomes_staff(box)
        await she.refunds(e_book["order_id"])
        return she
