"""The stores are as different as real ones, and the same on every machine."""

from collections import Counter
from itertools import groupby
from operator import itemgetter

from entrypoints.sandbox.bookstores.founding import found
from tests.sandbox.bookstores.conftest import Street

THEIR_LIMITS = range(1, 11)


async def test_sixty_stores_differ_in_everything_that_matters(street: Street) -> None:
    stores = list(street.stores.values())
    assert Counter(store["format"] for store in stores) == dict.fromkeys(
        ("json", "xml", "html", "graphql"), 15
    )
    assert {store["markup"] for store in stores} == {"microdata", "json-ld", None}
    assert {store["retry_after"] for store in stores} == {"seconds", "date", "none"}
    assert {store["auth"]["kind"] for store in stores} == {"none", "header", "query"}
    assert {store["currency"] for store in stores} >= {"USD", "GBP", "EUR", "CAD", "AUD", "JPY", "CHF"}
    assert all(store["limits"][0]["seconds"] == 1 for store in stores)
    assert {store["limits"][0]["calls"] for store in stores} == set(THEIR_LIMITS)
    assert {store["limits"][1]["seconds"] for store in stores if len(store["limits"]) > 1} == {60, 86_400}
    desks = {(store["takes_orders"], store["idempotent"], store["lookup"]) for store in stores}
    assert desks == {
        (False,) * 3,
        (True,) * 3,
        (True, True, False),
        (True, False, True),
        (True, False, False),
    }


async def test_who_neither_knows_keys_nor_finds_orders_cannot_be_ordered_from(street: Street) -> None:
    for store in street.stores.values():
        trusted = store["idempotent"] or store["lookup"]
        assert store["can_order"] == (store["takes_orders"] and trusted)
        assert not (store["format"] == "html" and store["takes_orders"])


async def test_a_feed_is_shared_by_five_stores_of_one_currency(street: Street) -> None:
    feeding = sorted((s for s in street.stores.values() if s["feed"]), key=itemgetter("feed"))
    for _, sharing in groupby(feeding, key=itemgetter("feed")):
        members = list(sharing)
        assert len(members) == 5
        assert len({(store["currency"], store["country"]) for store in members}) == 1


def test_the_first_sixty_of_two_hundred_are_the_sixty() -> None:
    assert found(200)[:60] == found(60)
    assert len({store.name for store in found(200)}) == 200


def test_another_seed_makes_other_stores() -> None:
    assert found(5, "a") == found(5, "a")
    assert found(5, "a") != found(5, "b")
