"""What `octavo stores` finds and shows."""

from collections.abc import Sequence
from io import StringIO
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from adapters.stores.descriptions.folder import Descriptions, read_folder
from adapters.stores.descriptions.mistakes import DescriptionMistake
from adapters.stores.descriptions.store import Described
from adapters.system.clock import SystemClock
from domain.prices.offer import Offer
from domain.prices.store import StoreFailed
from domain.shared.errors import InvalidInput
from domain.shared.isbn import Isbn
from entrypoints.environment import SettingError
from entrypoints.settings import Settings
from entrypoints.store_choice import described_bookstores, store_wire

SILENT: Final = (DescriptionMistake, StoreFailed)  # why a store gave no answer


def found(settings: Settings) -> Descriptions:
    """What the folder of descriptions holds. Raises `SettingError`."""
    folder = settings.stores.folder
    if folder is None:
        raise SettingError("OCTAVO_STORES", "is not set: name the folder with the descriptions.")
    if not folder.is_dir():
        raise SettingError("OCTAVO_STORES", f"{folder} is no folder.")
    return read_folder(folder, settings.stores.variables)


def named(settings: Settings, name: str) -> Described:
    """The store of that name. Raises the mistake in its description, and `InvalidInput` if there is none."""
    descriptions = found(settings)
    for mistake in descriptions.mistakes:
        if mistake.file == f"{name}.toml":
            raise mistake
    for store in descriptions.stores:
        if store.asking.terms.name == name:
            return store
    raise InvalidInput("name", f"There is no {name}.toml in {settings.stores.folder}.")


async def ask(settings: Settings, store: Described, isbn: Isbn, offer_id: str | None) -> Sequence[Offer]:
    """Its offers, or the one with that id. Raises `StoreFailed`."""
    wire = store_wire(settings)
    try:
        (bookstore,) = described_bookstores(Descriptions([store], ()), wire, SystemClock()).all()
        if offer_id is None:
            return await bookstore.offers(isbn)
        offer = await bookstore.offer(isbn, offer_id)
        return [] if offer is None else [offer]
    finally:
        await wire.close()


def document(descriptions: Descriptions) -> dict[str, Any]:
    """For programs."""
    return {
        "stores": [_store(store) for store in descriptions.stores],
        "mistakes": [
            {"file": mistake.file, "key": mistake.key, "problem": mistake.problem}
            for mistake in descriptions.mistakes
        ],
    }


def table(descriptions: Descriptions) -> str:
    """For people."""
    shown = Table("name", "title", "sells in", "limits", "feed", "orders", box=None, pad_edge=False)
    for store in descriptions.stores:
        terms = store.asking.terms
        limits = ", ".join(f"{limit.calls} in {limit.seconds} s" for limit in terms.limits)
        shown.add_row(
            terms.name,
            terms.title,
            f"{terms.country} {terms.currency}",
            limits,
            terms.feed or "",
            _orders(store),
        )
    wrong = "".join(f"\n✗ {mistake}" for mistake in descriptions.mistakes)
    count = f"{len(descriptions.stores)} can be asked, {len(descriptions.mistakes)} are described wrongly."
    return f"{_printed(shown)}{count}{wrong}"


def offers_document(offers: Sequence[Offer]) -> dict[str, Any]:
    """For programs; amounts in minor units."""
    return {
        "offers": [
            {
                "offer_id": offer.offer_id,
                "seller": offer.seller,
                "isbn": offer.isbn.value,
                "format": offer.format,
                "condition": offer.condition,
                "availability": offer.availability,
                "item": offer.item.amount,
                "shipping": offer.shipping.amount,
                "tax": offer.tax.amount,
                "landed": offer.landed.amount,
                "currency": offer.landed.currency,
            }
            for offer in offers
        ]
    }


def offers_table(offers: Sequence[Offer]) -> str:
    """For people."""
    if not offers:
        return "No offers."
    shown = Table(
        "offer", "seller", "what", "item", "shipping", "tax", "in all", "", box=None, pad_edge=False
    )
    for offer in sorted(offers, key=lambda one: one.landed.amount):
        parts = (offer.item, offer.shipping, offer.tax, offer.landed)
        what = f"{offer.condition} {offer.format}"
        shown.add_row(offer.offer_id, offer.seller, what, *map(str, parts), offer.availability)
    return _printed(shown).rstrip("\n")


def _store(store: Described) -> dict[str, Any]:
    terms, desk = store.asking.terms, store.desk
    return {
        "name": terms.name,
        "title": terms.title,
        "country": terms.country,
        "currency": terms.currency,
        "feed": terms.feed,
        "limits": [{"calls": limit.calls, "seconds": limit.seconds} for limit in terms.limits],
        "orders": None
        if desk is None
        else {
            "finds_by_key": desk.terms.finds_by_key,
            "same_key_same_order": desk.terms.same_key_same_order,
            "cancels": desk.terms.cancels,
        },
    }


def _orders(store: Described) -> str:
    if store.desk is None:
        return "no"
    terms = store.desk.terms
    able = {
        "found by key": terms.finds_by_key,
        "keyed": terms.same_key_same_order,
        "cancelled": terms.cancels,
    }
    return ", ".join(word for word, is_able in able.items() if is_able)


def _printed(shown: Table) -> str:
    text = StringIO()
    Console(file=text, width=200, highlight=False).print(shown)
    return "".join(f"{line.rstrip()}\n" for line in text.getvalue().splitlines())
