"""What the shop may rely on, whichever carrier stands behind the port."""

from dataclasses import replace
from uuid import uuid4

import pytest

from domain.shared.address import PostalAddress
from domain.shared.ids import OrderId
from domain.shipping.carrier import (
    BookingRefused,
    BookingRequest,
    CarrierOutcomeUnknown,
    Parcel,
    ParcelStatus,
    ShipmentKey,
    ShipmentKeyReused,
)
from tests.contract.shipping.conftest import World
from tests.fakes.payments import Silence

HOME = PostalAddress("Ada Reader", "12 Long Street", "Springfield", "62701", "US", region="IL")


def a_request(address: PostalAddress = HOME) -> BookingRequest:
    order_id = OrderId(uuid4())
    return BookingRequest(ShipmentKey(f"{order_id}-1-ship"), order_id, address, 540, "standard")


async def booked(world: World) -> BookingRequest:
    request = a_request()
    assert isinstance(await world.carrier.book(request), Parcel)
    return request


async def test_a_booked_parcel_has_a_number_and_is_found_by_its_key(world: World) -> None:
    request = a_request()
    parcel = await world.carrier.book(request)
    assert isinstance(parcel, Parcel)
    assert parcel.status is ParcelStatus.BOOKED
    assert parcel.since.tzinfo is not None
    assert await world.carrier.find(request.key) == parcel


async def test_a_key_nobody_used_is_not_found(world: World) -> None:
    assert await world.carrier.find(a_request().key) is None


async def test_the_same_key_twice_is_one_parcel(world: World) -> None:
    request = a_request()
    assert await world.carrier.book(request) == await world.carrier.book(request)
    assert await world.moves(request.order_id, request.key) == ["booked"]


async def test_a_key_spent_on_another_parcel_is_a_mistake(world: World) -> None:
    request = await booked(world)
    with pytest.raises(ShipmentKeyReused):
        await world.carrier.book(replace(request, weight_grams=1_000))


async def test_a_parcel_is_followed_to_its_door(world: World) -> None:
    request, seen = await booked(world), []
    for _ in range(3):
        await world.advance(request.key)
        parcel = await world.carrier.find(request.key)
        assert parcel is not None
        seen.append(parcel.status)
    assert seen == [ParcelStatus.DISPATCHED, ParcelStatus.DELIVERED, ParcelStatus.DELIVERED]


@pytest.mark.parametrize("change", [{"country": "ZZ"}, {"postal_code": "00000"}])
async def test_a_place_without_service_is_refused_and_books_nothing(
    world: World, change: dict[str, str]
) -> None:
    request = a_request(replace(HOME, **change))
    answer = await world.carrier.book(request)
    assert isinstance(answer, BookingRefused)
    assert answer.message
    assert await world.carrier.find(request.key) is None


@pytest.mark.parametrize(("when", "found"), [(Silence.BEFORE, False), (Silence.AFTER, True)])
async def test_a_booking_without_an_answer_is_asked_about_and_made_once(
    world: World, when: Silence, *, found: bool
) -> None:
    request = a_request()
    await world.fall_silent("book", when)
    with pytest.raises(CarrierOutcomeUnknown):
        await world.carrier.book(request)
    assert (await world.carrier.find(request.key) is not None) is found
    assert isinstance(await world.carrier.book(request), Parcel)
    assert await world.moves(request.order_id, request.key) == ["booked"]


async def test_a_parcel_that_has_not_left_is_called_off_once(world: World) -> None:
    request = await booked(world)
    for _ in range(2):
        assert await world.carrier.cancel(request.key) is True
    parcel = await world.carrier.find(request.key)
    assert parcel is not None
    assert parcel.status is ParcelStatus.CANCELLED
    assert await world.moves(request.order_id, request.key) == ["booked", "cancelled"]


async def test_a_parcel_on_its_way_is_not_called_off(world: World) -> None:
    request = await booked(world)
    await world.advance(request.key)
    assert await world.carrier.cancel(request.key) is False
    await world.advance(request.key)
    assert await world.carrier.cancel(request.key) is False
    assert await world.moves(request.order_id, request.key) == ["booked", "dispatched", "delivered"]


async def test_a_parcel_called_off_never_leaves(world: World) -> None:
    request = await booked(world)
    await world.carrier.cancel(request.key)
    await world.advance(request.key)
    assert await world.moves(request.order_id, request.key) == ["booked", "cancelled"]


async def test_a_booking_arriving_after_it_was_called_off_is_refused(world: World) -> None:
    request = a_request()
    for _ in range(2):
        assert await world.carrier.cancel(request.key) is True
    assert isinstance(await world.carrier.book(request), BookingRefused)
    assert await world.carrier.find(request.key) is None


async def test_calling_off_without_an_answer_is_repeated(world: World) -> None:
    request = await booked(world)
    await world.fall_silent("cancel", Silence.AFTER)
    with pytest.raises(CarrierOutcomeUnknown):
        await world.carrier.cancel(request.key)
    assert await world.carrier.cancel(request.key) is True
