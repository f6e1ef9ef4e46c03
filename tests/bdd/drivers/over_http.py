"""The real shop over its API: HTTP, PostgreSQL, Valkey, Temporal, and the stand-in outside world."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from email import message_from_string
from email.header import decode_header, make_header
from typing import Any
from uuid import UUID

import httpx
import psycopg

from domain.users.email import EmailAddress
from domain.users.principal import Role
from tests.bdd.drivers.bets import BetsOverHttp
from tests.bdd.drivers.bookstores import StreetOfStandIns
from tests.bdd.drivers.club_buys import ClubBuysOverHttp
from tests.bdd.drivers.clubs import ClubsOverHttp
from tests.bdd.drivers.elsewhere import ASKED, unsold
from tests.bdd.drivers.friends import FriendsOverHttp
from tests.bdd.drivers.protocol import Refused, Told, Visitor, Wish
from tests.bdd.drivers.purchases import PurchasesOverHttp
from tests.bdd.drivers.reviews import ReviewsOverHttp
from tests.bdd.drivers.threads import ThreadsOverHttp
from tests.bdd.drivers.votes import VotesOverHttp
from tests.bdd.drivers.watches import WatchesOverHttp, look_at_prices
from tests.fakes.books import SHELVES
from tests.shop import ADDRESS, PATIENCE, Shop
from workflows.checkout.workflow import CheckoutWorkflow
from workflows.shared.attention import Settlement

FIRST_ERROR = 400
FRESH = {"Cache-Control": "no-cache"}
NOT_BEFORE_ASKED = 3600.0  # seconds: parcels move when a scenario says so


class HttpVisitor(
    PurchasesOverHttp,
    WatchesOverHttp,
    ReviewsOverHttp,
    ClubsOverHttp,
    FriendsOverHttp,
    ThreadsOverHttp,
    VotesOverHttp,
    ClubBuysOverHttp,
    BetsOverHttp,
):
    """A browser with its own cookies, at the doors in turn."""

    def __init__(
        self, shop: Shop, client: httpx.AsyncClient, headers: Mapping[str, str] | None = None
    ) -> None:
        self._shop = shop
        self._client = client
        self._headers = dict(headers or {})

    async def _ask(self, method: str, path: str, body: object = None, **headers: str) -> dict[str, Any]:
        url = self._shop.http.base_url.join(path)
        answer = await self._client.request(method, url, json=body, headers={**self._headers, **headers})
        told: dict[str, Any] = answer.json() if answer.content else {}
        if answer.status_code >= FIRST_ERROR:
            raise Refused(told["code"], told["detail"], told)
        return told

    async def _read(self, path: str) -> str:
        answer = await self._client.get(self._shop.http.base_url.join(path))
        answer.raise_for_status()
        return answer.text

    async def register(self, email: str, password: str, name: str) -> None:
        await self._ask("POST", "/v1/users/register", {"email": email, "password": password, "name": name})

    async def sign_in(self, email: str, password: str) -> None:
        tokens = await self._ask("POST", "/v1/users/login", {"email": email, "password": password})
        self._headers["Authorization"] = f"Bearer {tokens['access_token']}"

    async def sign_out(self) -> None:
        await self._ask("POST", "/v1/users/logout")

    async def sign_out_elsewhere(self) -> None:
        await self._ask("DELETE", "/v1/users/sessions")

    async def devices(self) -> int:
        return len((await self._ask("GET", "/v1/users/sessions"))["items"])

    async def profile(self) -> Told:
        return await self._ask("GET", "/v1/users/profile")

    async def erase_account(self, password: str) -> None:
        await self._ask("DELETE", "/v1/users/profile", {"current_password": password})

    async def grant(self, user_id: UUID, role: str) -> None:
        await self._ask("PUT", f"/v1/users/{user_id}/roles/{role}")

    async def revoke(self, user_id: UUID, role: str) -> None:
        await self._ask("DELETE", f"/v1/users/{user_id}/roles/{role}")

    async def browse(self, **wanted: str | int) -> Sequence[Told]:
        found: list[Told] = []
        query = {"limit": 100, **wanted}
        while True:
            page = await self._ask(
                "GET", f"/v1/books?{httpx.QueryParams(query)}", **{"Cache-Control": "no-cache"}
            )
            found += page["items"]
            if page["next"] is None:
                return found
            query["cursor"] = page["next"]

    async def search(self, **wanted: str | int) -> Sequence[Told]:
        named = {"author_words": "author"} if "author_words" in wanted else {}
        path = "/v1/books/search" if {"title", "author_words"} & wanted.keys() else "/v1/search"
        query = {"limit": 100, **{named.get(name, name): value for name, value in wanted.items()}}
        pages: list[Told] = []
        while True:
            page = await self._ask("GET", f"{path}?{httpx.QueryParams(query)}", **FRESH)
            pages.append(page)
            if page["next"] is None:
                return pages
            query["cursor"] = page["next"]

    async def suggest(self, typed: str) -> Sequence[Told]:
        query = httpx.QueryParams({"q": typed, "limit": 20})
        items: list[Told] = (await self._ask("GET", f"/v1/search/suggest?{query}", **FRESH))["items"]
        return items

    async def look_at(self, book: UUID) -> Told:
        return await self._ask("GET", f"/v1/books/{book}", **{"Cache-Control": "no-cache"})

    async def look_at_work(self, work: str) -> Told:
        return await self._ask("GET", f"/v1/works/{work}", **{"Cache-Control": "no-cache"})

    async def look_at_author(self, key: str) -> Told:
        return await self._ask("GET", f"/v1/authors/{key}?limit=100", **{"Cache-Control": "no-cache"})

    async def look_at_series(self, key: str) -> Told:
        return await self._ask("GET", f"/v1/series/{key}?limit=100", **{"Cache-Control": "no-cache"})

    async def authors(self, beginning: str) -> Sequence[Told]:
        query = httpx.QueryParams({"q": beginning})
        page = await self._ask("GET", f"/v1/authors?{query}", **{"Cache-Control": "no-cache"})
        items: list[Told] = page["items"]
        return items

    async def shelves(self) -> Sequence[Told]:
        page = await self._ask("GET", "/v1/categories", **{"Cache-Control": "no-cache"})
        items: list[Told] = page["items"]
        return items

    async def add_book(self, facts: Mapping[str, Any]) -> UUID:
        return UUID((await self._ask("POST", "/v1/books", facts))["book_id"])

    async def revise_book(self, book: UUID, seen: int, **changes: object) -> None:
        await self._ask("PATCH", f"/v1/books/{book}", changes, **{"If-Match": f'"{seen}"'})

    async def withdraw_book(self, book: UUID) -> None:
        await self._ask("DELETE", f"/v1/books/{book}")

    async def look_elsewhere(self, **asked: str) -> Told:
        return await self._ask(
            "GET", f"/v1/external/books?{httpx.QueryParams(asked)}", **{"Cache-Control": "no-cache"}
        )

    async def take_in_from_elsewhere(self, wanted: Mapping[str, Any]) -> UUID:
        return UUID((await self._ask("POST", "/v1/external/books/import", wanted))["book_id"])

    async def receive_stock(self, book: UUID, copies: int, reason: str) -> None:
        await self._ask("POST", f"/v1/inventory/{book}/receipts", {"qty": copies, "reason": reason})

    async def stock(self, book: UUID) -> Told:
        return await self._ask("GET", f"/v1/inventory/{book}")

    async def put_in_cart(self, book: UUID, copies: int, click: str | None = None) -> Told:
        named = {"Idempotency-Key": click} if click else {}
        return await self._ask("POST", "/v1/cart", {"book_id": str(book), "qty": copies}, **named)

    async def set_copies(self, book: UUID, copies: int) -> Told:
        return await self._ask("PATCH", f"/v1/cart/{book}", {"qty": copies})

    async def take_out(self, book: UUID) -> Told:
        return await self._ask("DELETE", f"/v1/cart/{book}")

    async def cart(self) -> Told:
        return await self._ask("GET", "/v1/cart")

    async def create_coupon(self, terms: Mapping[str, Any]) -> None:
        await self._ask("POST", "/v1/coupons", terms)

    async def quote(self, country: str, method: str | None, coupon: str | None) -> Told:
        body = {"country": country, "shipping_method": method, "coupon": coupon}
        return await self._ask("POST", "/v1/quotes", body)

    async def order(self, wish: Wish) -> Told:
        body = {
            "payment_info": {"method": "card", "token": wish.card},
            "shipping_addr": {**ADDRESS, "country": wish.country},
            "shipping_method": wish.method,
            "coupon": wish.coupon,
            "quote_id": wish.quote_id,
        }
        return await self._ask("POST", "/v1/checkout", body, **{"Idempotency-Key": wish.key})

    async def see_order(self, order_id: str) -> Told:
        return await self._ask("GET", f"/v1/orders/{order_id}")

    async def orders(self) -> Sequence[Told]:
        items: list[Told] = (await self._ask("GET", "/v1/orders"))["items"]
        return items

    async def cancel(self, order_id: str) -> Told:
        return await self._ask("POST", f"/v1/orders/{order_id}/cancel")

    async def refund(self, order_id: str, body: Mapping[str, Any], click: str) -> Told:
        return await self._ask("POST", f"/v1/orders/{order_id}/refunds", body, **{"Idempotency-Key": click})


class ShopOverHttp:
    """The `Shop` of scenarios over the one the other tests use."""

    def __init__(self, shop: Shop, closing: AsyncExitStack) -> None:
        self._shop = shop
        self.street = StreetOfStandIns(shop.fleet)
        self._closing = closing
        self._networks: dict[int, httpx.AsyncHTTPTransport] = {}

    def _browser(self, network: int) -> httpx.AsyncClient:
        if network not in self._networks:
            wire = httpx.AsyncHTTPTransport(local_address=f"127.0.0.{network}", verify=False)
            self._closing.push_async_callback(wire.aclose)
            self._networks[network] = wire
        return httpx.AsyncClient(transport=self._networks[network], timeout=PATIENCE)

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def reckon_up(self) -> None:
        await self._shop.container.use_cases.reconcile_purchases()(self.now().date())

    async def look_at_prices(self, isbn: str) -> None:
        await look_at_prices(self._shop.container, isbn)

    async def watch_works(self, watch_id: str) -> bool:
        return False

    async def visitor(self, network: int = 1) -> Visitor:
        return HttpVisitor(self._shop, self._browser(network))

    async def known_reader(self, email: str, role: str = "reader") -> Visitor:
        reader = await self._shop.reader(Role(role), email)
        return HttpVisitor(self._shop, self._browser(1), reader.headers)

    async def money(self, order_id: str) -> Mapping[str, int]:
        return await self._shop.payments.money(order_id)

    async def mint(self, email: str, points: int) -> None:
        await self._shop.container.use_cases.grant_points()(EmailAddress.parse(email), points, "to play with")

    async def reward_reading(self, meeting: str) -> None:
        """The relay does, moments later."""

    async def others_know(self, title: str) -> str:
        return unsold(title).isbn.value

    async def others_silent(self, *names: str) -> None:
        for name in names:
            await self._shop.books_api.misbehave(ASKED[name], "error_before")

    async def bank_decides(self, order_id: str, page: str, *, confirmed: bool) -> None:
        await self._shop.payments.decide(page, "confirm" if confirmed else "deny")

    async def parcel_booked_by_hand(self, order_id: str) -> None:
        answer = await self._shop.carrier.http.post(
            f"/v1/parcels/{order_id}-1-ship",
            json={"order_id": order_id, "weight_grams": 999, "method": "standard", "address": ADDRESS},
        )
        answer.raise_for_status()

    async def parcel_moves(self, order_id: str) -> None:
        answer = await self._shop.carrier.http.post(f"/control/parcels/{order_id}-1-ship/advance")
        answer.raise_for_status()

    async def letters(self, email: str) -> Sequence[str]:
        subjects = (message_from_string(mail)["Subject"] for mail in self._shop.postbox.to(email))
        return [str(make_header(decode_header(subject))) for subject in subjects]

    async def search_knows_all(self) -> None:
        await self._shop.search_knows_all()

    async def search_engine_away(self) -> None:
        self._shop.freeze_search()

    async def search_engine_back(self) -> None:
        self._shop.thaw_search()

    async def operator(self, order_id: str, decision: str, *note: str) -> None:
        engine = await self._shop.engine()
        handle = engine.get_workflow_handle_for(CheckoutWorkflow.run, f"order-{order_id}")
        await handle.execute_update(decision, args=[Settlement(words) for words in note])


@asynccontextmanager
async def shop_over_http(shop: Shop) -> AsyncIterator[ShopOverHttp]:
    """Shelves to put books on, and parcels that wait to be told."""
    put_up_shelves(shop.environment["OCTAVO_DATABASE_URL"])
    await shop.carrier.hurry(NOT_BEFORE_ASKED, NOT_BEFORE_ASKED)
    async with AsyncExitStack() as closing:
        yield ShopOverHttp(shop, closing)
    await shop.behave()


def put_up_shelves(database_url: str) -> None:
    """The categories that shops in memory have as well."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        for position, shelf in enumerate(SHELVES):
            connection.execute(
                "INSERT INTO categories (slug, name, parent, position) VALUES (%s, %s, %s, %s)"
                " ON CONFLICT DO NOTHING",
                (shelf.slug, shelf.name, shelf.parent, 1000 + position),
            )
