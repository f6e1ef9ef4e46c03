"""The stores are described from their own list, and what is read of them is what they truly ask for."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import pytest

from adapters.stores.bookstores import DescribedBookstores
from adapters.stores.calls.wire import StoreWire
from adapters.stores.descriptions.folder import read_folder
from adapters.stores.store_orders import DescribedStoreOrders
from domain.prices.offer import Offer, StoreName
from domain.prices.store import StoreBroken, StoreBusy, StoreFailed, StoreRefused, StoreSlow
from domain.purchases.store_orders import (
    Cancelled,
    NotCancelled,
    NotCancelledReason,
    Placed,
    Rejected,
    RejectionReason,
    StoreDoesNotAnswer,
    StoreOrder,
    StoreOrderKey,
    StoreOrderKeyReused,
    StoreOrderOutcomeUnknown,
)
from domain.shared.address import PostalAddress
from domain.shared.isbn import Isbn
from domain.shared.money import Money
from entrypoints.environment import SettingError
from entrypoints.sandbox.descriptions.main import main
from entrypoints.settings import Settings
from entrypoints.stack.places import free_port
from entrypoints.stack.secrets import new_secrets
from tests.fakes.time import StandingClock
from tests.sandbox.bookstores.conftest import Street, isbn
from tests.sandbox.bookstores.customers import KEY

BOOKS: Final = range(3)
DESKS: Final = ("json", "xml", "graphql")
LANGUAGES: Final[list[dict[str, object]]] = [
    {"format": "json"},
    {"format": "xml"},
    {"format": "graphql"},
    {"markup": "microdata"},
    {"markup": "json-ld"},
]
ADDRESS: Final = PostalAddress("Jane & Co <1>", "1 Highbury Street", "Highbury", "62701", "US")


@dataclass
class Shop:
    """What the shop makes of the descriptions."""

    folder: Path
    stores: DescribedBookstores
    orders: DescribedStoreOrders


def settings(folder: Path, url: str) -> Settings:
    told = {"OCTAVO_STORES": str(folder), "OCTAVO_BOOKSTORES_URL": url, "OCTAVO_BOOKSTORES_API_KEY": KEY}
    return Settings.load({**new_secrets(), **told})


@pytest.fixture(scope="session")
async def shop(opened_street: Street, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Shop]:
    folder = tmp_path_factory.mktemp("descriptions") / "stores"
    told = settings(folder, str(opened_street.sandbox.http.base_url).rstrip("/"))
    await asyncio.to_thread(main, told)  # beside the loop, in which the stores themselves run
    found = read_folder(folder, told.stores.variables)
    assert found.mistakes == []
    wire = StoreWire("Octavo/test")
    desks = [store.desk for store in found.stores if store.desk is not None]
    yield Shop(
        folder,
        DescribedBookstores(found.stores, wire, StandingClock()),
        DescribedStoreOrders(desks, wire),
    )
    await wire.close()


def plain(offer: Offer) -> dict[str, Any]:
    """In the words of the ledger."""
    return {
        "offer_id": offer.offer_id,
        "isbn": offer.isbn.value,
        "format": offer.format,
        "condition": offer.condition,
        "seller": offer.seller,
        "item": offer.item.amount,
        "shipping": offer.shipping.amount,
        "tax": offer.tax.amount,
        "currency": offer.item.currency,
        "availability": offer.availability,
    }


def sellable(store: dict[str, Any], offer: dict[str, Any]) -> bool:
    """Pages show no price of what is out of stock."""
    return bool(store["format"] != "html" or offer["availability"] != "out_of_stock")


async def test_all_stores_tell_what_they_truly_ask_for(shop: Shop, street: Street) -> None:
    compared = 0
    for number in BOOKS:
        truth = await street.truth(number)
        for store in shop.stores.all():
            name = store.terms.name
            told = [offer for offer in truth[name] if sellable(street.stores[name], offer)]
            if any(offer["glitch"] in {"zero", "wrong_currency"} for offer in told):
                with pytest.raises(StoreBroken):
                    await store.offers(Isbn(isbn(number)))
                continue
            expected = [
                {field: offer[field] for field in offer if field not in {"changed_at", "glitch"}}
                for offer in told
            ]
            found = [plain(offer) for offer in await store.offers(Isbn(isbn(number)))]
            assert found == expected, name
            compared += len(found)
    assert compared > 100


@pytest.mark.parametrize("wanted", LANGUAGES)
async def test_one_offer_is_looked_at_alone(shop: Shop, street: Street, wanted: dict[str, object]) -> None:
    name = street.named(**wanted)
    truth = await street.offer(name)
    store = shop.stores.named(StoreName(name))
    offer = await store.offer(Isbn(truth["isbn"]), truth["offer_id"])
    assert offer is not None
    assert plain(offer) == {field: truth[field] for field in plain(offer)}
    assert await store.offer(Isbn(truth["isbn"]), "3gswz0wsh-0zzz") is None
    with pytest.raises(StoreBroken):
        await store.offer(Isbn(isbn(77)), truth["offer_id"])


@pytest.mark.parametrize("wanted", LANGUAGES)
@pytest.mark.parametrize(
    ("effect", "kind"),
    [
        ("wrong_isbn", StoreBroken),
        ("wrong_currency", StoreBroken),
        ("malformed", StoreBroken),
        ("error_before", StoreBroken),
        ("unavailable", StoreBroken),
        ("forbidden", StoreRefused),
        ("too_many", StoreBusy),
        ("drop_before", StoreSlow),
    ],
)
async def test_what_is_no_answer_is_told_apart(
    *, shop: Shop, street: Street, wanted: dict[str, object], effect: str, kind: type[StoreFailed]
) -> None:
    name = street.named(**wanted)
    truth = await street.offer(name)
    await street.fault(effect, "search", name)
    with pytest.raises(StoreFailed) as failed:
        await shop.stores.named(StoreName(name)).offers(Isbn(truth["isbn"]))
    assert type(failed.value) is kind


@pytest.mark.parametrize("how", ["seconds", "date", "none"])
async def test_a_limit_is_noticed_with_the_time_to_wait(shop: Shop, street: Street, how: str) -> None:
    name = street.named(retry_after=how)
    store = shop.stores.named(StoreName(name))
    await store.offers(Isbn(isbn(0)))  # long after whoever came before; from here on, time stands still
    street.hurried = False
    for _ in range(street.stores[name]["limits"][0]["calls"] - 1):
        await store.offers(Isbn(isbn(0)))
    with pytest.raises(StoreBusy) as busy:
        await store.offers(Isbn(isbn(0)))
    assert (busy.value.retry_after is None) is (how == "none")


async def test_what_was_agreed_is_what_the_list_says(shop: Shop, street: Street) -> None:
    for store in shop.stores.all():
        listed, terms = street.stores[store.terms.name], store.terms
        limits = [{"calls": limit.calls, "seconds": limit.seconds} for limit in terms.limits]
        assert (limits, terms.feed) == (listed["limits"], listed["feed"])
        assert (terms.country, terms.currency) == (listed["country"], listed["currency"])
        assert terms.can_order is listed["can_order"]
        if terms.can_order:
            ordering = shop.orders.terms(terms.name)
            assert (ordering.finds_by_key, ordering.same_key_same_order) == (
                listed["lookup"],
                listed["idempotent"],
            )


def order(truth: dict[str, Any], name: str) -> StoreOrder:
    def money(part: str) -> Money:
        return Money(truth[part], truth["currency"])

    return StoreOrder(
        key=StoreOrderKey(f"purchase-{uuid4()}"),
        store=name,
        offer_id=truth["offer_id"],
        seller=truth["seller"],
        condition=truth["condition"],
        isbn=Isbn(truth["isbn"]),
        item=money("item"),
        shipping=money("shipping"),
        tax=money("tax"),
        address=ADDRESS,
    )


@dataclass
class Desk:
    """One store's, with an order for it."""

    street: Street
    name: str
    order: StoreOrder

    async def ledger(self) -> list[dict[str, Any]]:
        return list((await self.street.get("/ledger/orders", store=self.name, key=self.order.key))["items"])


@pytest.fixture(params=DESKS)
async def desk(street: Street, request: pytest.FixtureRequest) -> Desk:
    name = street.named(format=request.param, takes_orders=True, idempotent=True, lookup=True)
    return Desk(street, name, order(await street.offer(name), name))


async def test_an_order_is_placed_found_and_called_off(shop: Shop, desk: Desk) -> None:
    orders, wanted = shop.orders, desk.order
    assert await orders.find(desk.name, wanted.key) is None
    assert await orders.cancel(desk.name, wanted.key) == NotCancelled(
        NotCancelledReason.UNKNOWN_ORDER, f"{desk.name}: it has no such order."
    )
    placed = await orders.place(wanted)
    assert isinstance(placed, Placed)
    assert (placed.charged, placed.offer_id) == (wanted.landed, wanted.offer_id)
    assert await orders.place(wanted) == placed
    (line,) = await desk.ledger()
    assert (line["order_id"], line["charged"]) == (placed.number, wanted.landed.amount)
    assert await orders.find(desk.name, wanted.key) == placed
    for _ in range(2):
        assert await orders.cancel(desk.name, wanted.key) == Cancelled(wanted.landed)
    assert await orders.find(desk.name, wanted.key) is None


@pytest.mark.parametrize("effect", ["drop_after", "error_after"])
async def test_an_order_whose_answer_is_lost_is_found_by_its_key(shop: Shop, desk: Desk, effect: str) -> None:
    await desk.street.fault(effect, "order", desk.name)
    with pytest.raises(StoreOrderOutcomeUnknown):
        await shop.orders.place(desk.order)
    found = await shop.orders.find(desk.name, desk.order.key)
    assert found is not None
    assert [line["order_id"] for line in await desk.ledger()] == [found.number]


async def test_a_question_without_an_answer_is_no_no(shop: Shop, desk: Desk) -> None:
    for effect in ("error_before", "unavailable", "drop_before", "malformed", "too_many", "forbidden"):
        await desk.street.fault(effect, "*", desk.name)
        with pytest.raises(StoreDoesNotAnswer):
            await shop.orders.find(desk.name, desk.order.key)
        await desk.street.sandbox.behave()


@pytest.mark.parametrize(
    ("effect", "reason"),
    [
        ("price_changed", RejectionReason.PRICE_CHANGED),
        ("out_of_stock", RejectionReason.SOLD_OUT),
        ("too_many", RejectionReason.STORE_BUSY),
        ("forbidden", RejectionReason.STORE_REFUSES),
    ],
)
async def test_a_refusal_is_told_with_its_reason(
    shop: Shop, desk: Desk, effect: str, reason: RejectionReason
) -> None:
    await desk.street.fault(effect, "order", desk.name)
    rejected = await shop.orders.place(desk.order)
    assert isinstance(rejected, Rejected)
    assert rejected.reason is reason
    assert await desk.ledger() == []


async def test_a_place_that_is_not_delivered_to_is_told(shop: Shop, desk: Desk) -> None:
    far = PostalAddress(ADDRESS.name, ADDRESS.line1, ADDRESS.city, ADDRESS.postal_code, "ZZ")
    desk.order = StoreOrder(**{**_fields(desk.order), "address": far})
    rejected = await shop.orders.place(desk.order)
    assert isinstance(rejected, Rejected)
    assert rejected.reason is RejectionReason.NOT_SENT_THERE


async def test_a_key_for_two_orders_is_our_own_mistake(shop: Shop, desk: Desk) -> None:
    await shop.orders.place(desk.order)
    elsewhere = PostalAddress(ADDRESS.name, ADDRESS.line1, "Elsewhere", ADDRESS.postal_code, "US")
    with pytest.raises(StoreOrderKeyReused):
        await shop.orders.place(StoreOrder(**{**_fields(desk.order), "address": elsewhere}))


@pytest.mark.parametrize("effect", ["overcharged", "wrong_offer"])
async def test_what_is_charged_is_told_as_it_is(shop: Shop, desk: Desk, effect: str) -> None:
    await desk.street.fault(effect, "order", desk.name)
    placed = await shop.orders.place(desk.order)
    assert isinstance(placed, Placed)
    (line,) = await desk.ledger()
    assert (placed.charged.amount, placed.offer_id) == (line["charged"], line["offer_id"])
    assert (placed.charged, placed.offer_id) != (desk.order.landed, desk.order.offer_id)


def _fields(wanted: StoreOrder) -> dict[str, Any]:
    return {name: getattr(wanted, name) for name in StoreOrder.__dataclass_fields__}


def names(folder: Path) -> set[str]:
    return {file.stem for file in folder.glob("*.toml")}


async def test_descriptions_of_stores_that_are_gone_go_and_those_of_others_stay(
    street: Street, tmp_path: Path
) -> None:
    told = settings(tmp_path, str(street.sandbox.http.base_url).rstrip("/"))
    await asyncio.to_thread(main, told)
    first = next(iter(street.stores))
    text = (tmp_path / f"{first}.toml").read_text()
    (tmp_path / "gone.toml").write_text(text)
    (tmp_path / "mine.toml").write_text("# mine\n")
    (tmp_path / f"{first}.toml").write_text("# spoilt")
    await asyncio.to_thread(main, told)
    assert names(tmp_path) == {*street.stores, "mine"}
    assert (tmp_path / f"{first}.toml").read_text() == text
    assert KEY not in text


def test_no_list_of_stores_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="does not list its stores"):
        main(settings(tmp_path, f"http://127.0.0.1:{free_port()}"))
