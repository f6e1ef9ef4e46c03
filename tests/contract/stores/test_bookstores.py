"""What may be relied upon, in whatever a store writes its answers."""

import json

import pytest

from domain.prices.offer import Availability, Condition, Offer, StoreName
from domain.prices.store import StoreBroken
from domain.shared.edition_format import Format
from domain.shared.money import Money
from tests.contract.stores.stand_in import EMMA, Shop, StandIn
from tests.contract.stores.worlds import GRAPHQL, HTML, JSON, WORLDS, World
from tests.fakes.time import StandingClock


@pytest.fixture(params=WORLDS)
def world(request: pytest.FixtureRequest, stand_in: StandIn) -> World:
    found = WORLDS[request.param]
    stand_in.answers(found.search, Content_Type=found.content_type)
    return found


def euros(cents: int) -> Money:
    return Money(cents, "EUR")


async def test_offers_are_read_to_the_cent(shop: Shop, world: World) -> None:
    new, used = await shop.store(world.description).offers(EMMA)
    assert new == Offer(
        store=StoreName("harbour-books"),
        offer_id="a-1",
        seller="Harbour Books",
        isbn=EMMA,
        format=Format.PAPERBACK,
        condition=Condition.NEW,
        item=euros(1299),
        shipping=euros(300),
        tax=euros(0),
        availability=Availability.IN_STOCK,
        seen_at=StandingClock().now(),
    )
    assert (used.offer_id, used.seller, used.condition) == ("b/2 ü", "Anna & Söhne", Condition.GOOD)
    assert (used.landed, used.availability) == (euros(123450), Availability.FEW_LEFT)


async def test_a_book_that_is_not_sold_has_no_offers(shop: Shop, world: World, stand_in: StandIn) -> None:
    stand_in.answers(world.nothing, Content_Type=world.content_type)
    assert await shop.store(world.description).offers(EMMA) == []


async def test_prices_of_another_edition_are_not_believed(
    shop: Shop, world: World, stand_in: StandIn
) -> None:
    stand_in.answers(world.other, Content_Type=world.content_type)
    with pytest.raises(StoreBroken, match=r"offer\.isbn: asked for 9780141439587"):
        await shop.store(world.description).offers(EMMA)


async def test_rubbish_is_not_understood(shop: Shop, world: World, stand_in: StandIn) -> None:
    for rubbish in (b"", b"\xff\xfe\x00", b"<<<", b'{"a": NaN}', b"[" * 100_000, b"<a>" * 100_000):
        stand_in.answers(rubbish, Content_Type=world.content_type)
        with pytest.raises(StoreBroken, match=r"^harbour-books: "):
            await shop.store(world.description).offers(EMMA)


async def test_an_offer_is_looked_at_by_its_own_call(shop: Shop, stand_in: StandIn) -> None:
    offers = json.loads(JSON.search)["result"]["offers"]
    stand_in.answers(json.dumps(offers[1]))
    offer = await shop.store(JSON.description).offer(EMMA, "b/2 ü")
    assert offer is not None
    assert offer.landed == euros(123450)
    assert stand_in.last.url.raw_path == "/shop/offers/b%2F2%20%C3%BC"


async def test_another_seller_s_offer_is_not_taken_for_the_one_asked_for(
    shop: Shop, stand_in: StandIn
) -> None:
    stand_in.answers(json.dumps(json.loads(JSON.search)["result"]["offers"][1]))
    assert await shop.store(JSON.description).offer(EMMA, "a-1") is None


async def test_a_store_without_a_detail_call_is_searched_again(shop: Shop, stand_in: StandIn) -> None:
    stand_in.answers(HTML.search, Content_Type=HTML.content_type)
    offer = await shop.store(HTML.description).offer(EMMA, "a-1")
    assert offer is not None
    assert await shop.store(HTML.description).offer(EMMA, "gone") is None


async def test_questions_are_asked_as_described(shop: Shop, stand_in: StandIn) -> None:
    stand_in.answers(HTML.nothing)
    asking = HTML.description.replace('wire = "html"', 'wire = "html"\nheaders = { X-For = "{isbn}" }')
    await shop.store(asking).offers(EMMA)
    assert str(stand_in.last.url.relative()) == "/shop/isbn/0141439580"
    assert stand_in.last.headers["X-For"] == EMMA.value


async def test_graphql_variables_are_filled_and_its_query_left_alone(shop: Shop, stand_in: StandIn) -> None:
    stand_in.answers(GRAPHQL.search)
    await shop.store(GRAPHQL.description).offers(EMMA)
    assert stand_in.last.method == "POST"
    assert json.loads(stand_in.last.body) == {
        "query": "query Offers($isbn: String!) { book(isbn: $isbn) { offers { id } } }",
        "operationName": "Offers",
        "variables": {"isbn": EMMA.value},
    }


async def test_an_error_in_a_graphql_answer_of_200_is_an_error(shop: Shop, stand_in: StandIn) -> None:
    stand_in.answers('{"data": {"book": null}, "errors": [{"message": "no"}]}')
    with pytest.raises(StoreBroken, match="something is wrong"):
        await shop.store(GRAPHQL.description).offers(EMMA)
