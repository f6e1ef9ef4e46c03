"""What an answer may say, and what the description makes of it; a mistake in either has a clear message."""

import json
from typing import Any

import pytest

from domain.prices.offer import Availability
from domain.prices.store import StoreBroken
from tests.contract.stores.stand_in import EMMA, Shop, StandIn
from tests.contract.stores.worlds import JSON, JSON_LD, MICRODATA


def offers() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(JSON.search)["result"]["offers"]
    return found


def answer(stand_in: StandIn, *told: dict[str, Any]) -> None:
    stand_in.answers(json.dumps({"result": {"offers": told}}))


async def broken(shop: Shop, description: str = JSON.description) -> str:
    with pytest.raises(StoreBroken) as failed:
        await shop.store(description).offers(EMMA)
    return failed.value.message


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (
            {"state": "mint"},
            "offer.condition: 'mint' is none of the words described; add it to offer.condition.words",
        ),
        ({"state": None}, "offer.condition: the answer does not tell it"),
        ({"state": {"a": 1}}, "offer.condition: there is a list or an object where one value was expected"),
        ({"id": "x" * 201}, "is no name of an offer"),
        ({"id": ""}, "offer.offer_id: the answer does not tell it"),
        ({"by": {}}, "offer.seller: the answer does not tell it"),
        ({"by": {"name": "x" * 1001}}, "offer.seller: it is longer than 1000 characters"),
        ({"price": {"amount": "12,99", "currency": "EUR"}}, "offer.item: '12,99' is no amount like 12.99"),
        (
            {"price": {"amount": 12.995, "currency": "EUR"}},
            "offer.item: '12.995' is finer than EUR can be paid",
        ),
        ({"price": {"amount": "0.00", "currency": "EUR"}}, "offer.item: 0.00 EUR is no price"),
        ({"price": {"amount": "-1", "currency": "EUR"}}, "offer.item: '-1' is no amount"),
        (
            {"price": {"amount": "1", "currency": "USD"}},
            "offer.currency: 'USD' from a store described in EUR",
        ),
        ({"price": {"amount": "1"}}, "offer.currency: the answer does not tell it"),
        ({"price": {"currency": "EUR"}}, "offer.item: no price for an offer that can be bought"),
        ({"ean": "9780141439588"}, "offer.isbn: asked for 9780141439587, it told of 9780141439588"),
        ({"ean": None}, "offer.isbn: asked for 9780141439587, it told of no number"),
    ],
)
async def test_an_answer_that_is_not_as_described_is_not_believed(
    shop: Shop, stand_in: StandIn, changed: dict[str, Any], message: str
) -> None:
    answer(stand_in, {**offers()[0], **changed})
    assert message in await broken(shop)


async def test_an_answer_without_what_it_always_has_is_another_page(shop: Shop, stand_in: StandIn) -> None:
    stand_in.answers('{"welcome": "to our new API"}')
    assert "search.always_has: the answer does not have it" in await broken(shop)


async def test_a_missing_price_is_a_state_and_no_reason_to_look_elsewhere(
    shop: Shop, stand_in: StandIn
) -> None:
    new, used = offers()
    answer(stand_in, {**new, "stock": "nein", "price": None}, used)
    assert [offer.offer_id for offer in await shop.store(JSON.description).offers(EMMA)] == ["b/2 ü"]


async def test_a_price_says_nothing_about_stock(shop: Shop, stand_in: StandIn) -> None:
    answer(stand_in, {**offers()[0], "stock": "nein"})
    (offer,) = await shop.store(JSON.description).offers(EMMA)
    assert (offer.availability, offer.landed.amount) == (Availability.OUT_OF_STOCK, 1599)


async def test_offers_that_are_described_as_none_for_us_are_left_out(shop: Shop, stand_in: StandIn) -> None:
    new, used = offers()
    answer(stand_in, {**new, "state": "SAMMLERSTÜCK"}, used)
    assert [offer.offer_id for offer in await shop.store(JSON.description).offers(EMMA)] == ["b/2 ü"]
    answer(stand_in, used, {**new, "kind": "rent"})
    chosen = JSON.description.replace("[offer]\n", '[offer]\nwhere = { "kind" = ["sale"] }\n')
    assert await shop.store(chosen).offers(EMMA) == []
    answer(stand_in, {**new, "kind": ["sale"]}, {**used, "kind": "sale"})
    chosen = chosen.replace('"kind"', '"kind[]"')
    assert len(await shop.store(chosen).offers(EMMA)) == 2


async def test_an_offer_that_is_listed_twice_is_one_offer(shop: Shop, stand_in: StandIn) -> None:
    new = offers()[0]
    answer(stand_in, new, new)
    assert len(await shop.store(JSON.description).offers(EMMA)) == 1
    answer(stand_in, new, {**new, "shipping": 2})
    assert "two things of the offer 'a-1'" in await broken(shop)


async def test_a_flood_of_offers_is_not_believed(shop: Shop, stand_in: StandIn) -> None:
    answer(stand_in, *offers() * 251)
    assert "502 offers" in await broken(shop)


@pytest.mark.parametrize(("others", "beside_ours", "alone"), [("beside", 1, None), ("ignored", 1, 0)])
async def test_other_editions_may_stand_beside_ours_where_that_is_described(
    *, shop: Shop, stand_in: StandIn, others: str, beside_ours: int, alone: int | None
) -> None:
    told = JSON.description.replace('isbn = "ean"', f'isbn = {{ at = "ean", others = "{others}" }}')
    new, used = offers()
    answer(stand_in, new, {**used, "ean": "9780141439518"})
    assert len(await shop.store(told).offers(EMMA)) == beside_ours
    answer(stand_in, {**used, "ean": "9780141439518"})
    if alone is None:
        assert "it told of others alone" in await broken(shop, told)
    else:
        assert len(await shop.store(told).offers(EMMA)) == alone


async def test_a_store_that_uses_our_words_needs_no_others(shop: Shop, stand_in: StandIn) -> None:
    head, _, tail = JSON.description.partition("[offer.condition]")
    told = f'{head}condition = "state"\n[offer.format]{tail.partition("[offer.format]")[2]}'
    answer(stand_in, {**offers()[0], "state": "very_good"})
    (offer,) = await shop.store(told).offers(EMMA)
    assert offer.condition == "very_good"
    answer(stand_in, {**offers()[0], "state": "good as new"})
    assert "'good as new' is none of new, like_new" in await broken(shop, told)


async def test_a_store_that_names_no_currency_is_taken_at_its_description(
    shop: Shop, stand_in: StandIn
) -> None:
    answer(stand_in, {**offers()[0], "price": {"amount": "7"}})
    for told in ("", 'currency = { always = "EUR" }'):
        silent = JSON.description.replace('currency = "price.currency"', told)
        (offer,) = await shop.store(silent).offers(EMMA)
        assert str(offer.item) == "7.00 EUR"


async def test_what_is_first_found_counts(shop: Shop, stand_in: StandIn) -> None:
    told = JSON.description.replace(
        'item = "price.amount"', 'item = { at = ["sale.amount", "price.amount"] }'
    )
    answer(stand_in, {**offers()[0], "sale": {"amount": 9}})
    (offer,) = await shop.store(told).offers(EMMA)
    assert offer.item.amount == 900
    answer(stand_in, offers()[0])
    (offer,) = await shop.store(told).offers(EMMA)
    assert offer.item.amount == 1299


async def test_every_currency_that_is_named_must_be_the_described_one(shop: Shop, stand_in: StandIn) -> None:
    told = JSON.description.replace(
        'currency = "price.currency"', 'currency = { at = ["price.currency", "extra.currency"] }'
    )
    answer(stand_in, {**offers()[0], "extra": {"currency": "GBP"}})
    assert "'GBP'" in await broken(shop, told)


async def test_amounts_that_the_description_gives_are_written_its_way(shop: Shop, stand_in: StandIn) -> None:
    told = JSON.description.replace(
        'shipping = { at = "shipping", otherwise = "0" }',
        'shipping = { at = "shipping", otherwise = "3.50", words = { free = "0" }, written = "minor" }',
    )
    for said, cents in ((299, 299), ("FREE", 0), (None, 350)):
        answer(stand_in, {**offers()[0], "shipping": said})
        (offer,) = await shop.store(told).offers(EMMA)
        assert offer.shipping.amount == cents


async def test_numbers_never_pass_through_floats(shop: Shop, stand_in: StandIn) -> None:
    body = json.dumps({"result": {"offers": offers()[:1]}}).replace("12.99", "9007199254.99")
    stand_in.answers(body)
    (offer,) = await shop.store(JSON.description).offers(EMMA)
    assert offer.item.amount == 900719925499


async def test_a_page_whose_data_are_gone_is_another_page(shop: Shop, stand_in: StandIn) -> None:
    for description, word in ((JSON_LD.description, "JSON-LD"), (MICRODATA.description, "microdata")):
        stand_in.answers("<html><h1>Are you a robot?</h1>", Content_Type="text/html")
        assert word in await broken(shop, description)
