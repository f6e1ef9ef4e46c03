"""For each step of a checkout, and each way it can fail: stock, the provider's ledger and the order agree."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.shop import ADDRESS, Reader, Shop
from workflows.checkout import payment

BEFORE = ("drop_before", "error_before")
AFTER = ("drop_after", "error_after")
ONE_OF_EACH = ("drop_before", "error_after")  # where four ways would show what two do
ONCE_AND_TWICE = [("error_before", 1), ("drop_after", 1), ("drop_before", 2), ("error_after", 2)]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A silent provider is asked for two seconds instead of a minute."""
    monkeypatch.setattr(payment, "ASK_FOR", timedelta(seconds=2))


async def e_book(shop: Shop, token: str = "tok_ok") -> tuple[str, str]:
    """Buy one; the order and how its process ended."""
    answer = await shop.buy(await shop.reader(), shop.shelf.put(format="ebook"), token)
    order_id = answer.json()["order_id"]
    return order_id, (await shop.ended(order_id))["status"]


async def moves(shop: Shop, order_id: str) -> list[str]:
    """What the provider did, in order."""
    return [line["kind"] for line in await shop.payments.ledger(order_id) if line["kind"] != "decline"]


# -- the payment -------------------------------------------------------------------------------------


@pytest.mark.parametrize("token", ["tok_declined", "tok_insufficient_funds", "tok_nobody_made"])
async def test_a_declined_payment_frees_the_books_and_says_why(shop: Shop, token: str) -> None:
    book, reader = shop.shelf.put(copies=1), await shop.reader()
    answer = await shop.buy(reader, book, token)
    assert (answer.status_code, answer.json()["code"]) == (402, "payment_declined")
    order_id = answer.json()["order_id"]
    assert (await shop.ended(order_id))["status"] == "declined"
    assert await shop.stock(book) == (1, 0)
    assert await moves(shop, order_id) == []
    cart = (await shop.http.get("/v1/cart", headers=reader.headers)).json()
    assert len(cart["lines"]) == 1


@pytest.mark.parametrize("effect", [*BEFORE, *AFTER])
async def test_an_authorisation_without_answer_is_asked_about(shop: Shop, effect: str) -> None:
    await shop.payments.misbehave("authorise", effect)
    order_id, ended = await e_book(shop)
    if effect in AFTER:
        assert (ended, await moves(shop, order_id)) == ("completed", ["authorise", "capture"])
    else:
        assert (ended, await moves(shop, order_id)) == ("declined", [])


@pytest.mark.parametrize(
    ("token", "ended", "moved"),
    [
        ("tok_lost_answer", "completed", ["authorise", "capture"]),
        ("tok_slow", "completed", ["authorise", "capture"]),
        ("tok_timeout", "declined", []),
    ],
)
async def test_a_provider_that_takes_too_long_is_asked_about(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, token: str, ended: str, moved: list[str]
) -> None:
    monkeypatch.setattr(payment, "ASK_FOR", timedelta(seconds=4))
    order_id, how = await e_book(shop, token)
    assert (how, await moves(shop, order_id)) == (ended, moved)


@pytest.mark.parametrize("effect", ONE_OF_EACH)
async def test_a_question_without_answer_is_asked_again(shop: Shop, effect: str) -> None:
    await shop.payments.misbehave("authorise", "drop_after")
    await shop.payments.misbehave("find", effect)
    order_id, ended = await e_book(shop)
    assert (ended, await moves(shop, order_id)) == ("completed", ["authorise", "capture"])


@pytest.mark.parametrize(("effect", "times"), ONCE_AND_TWICE)
async def test_a_capture_without_answer_is_repeated_and_taken_once(
    shop: Shop, effect: str, times: int
) -> None:
    await shop.payments.misbehave("capture", effect, times)
    order_id, ended = await e_book(shop)
    assert (ended, await moves(shop, order_id)) == ("completed", ["authorise", "capture"])


@pytest.mark.parametrize("effect", ["latency", "slow_answer"])
async def test_a_capture_that_times_out_is_repeated_and_taken_once(shop: Shop, effect: str) -> None:
    await shop.payments.misbehave("capture", effect, seconds=3)
    order_id, ended = await e_book(shop)
    assert (ended, await moves(shop, order_id)) == ("completed", ["authorise", "capture"])


@pytest.mark.parametrize("effect", ONE_OF_EACH)
async def test_letting_go_without_answer_is_repeated_until_nothing_is_held(shop: Shop, effect: str) -> None:
    await shop.payments.misbehave("abandon", effect, 2)
    order_id, ended = await e_book(shop, "tok_declined")
    assert (ended, await moves(shop, order_id)) == ("declined", [])


@pytest.mark.parametrize("effect", ONE_OF_EACH)
async def test_a_refund_without_answer_is_repeated_and_given_once(shop: Shop, effect: str) -> None:
    order_id, _ = await e_book(shop)
    staff = await shop.staff()
    await shop.payments.misbehave("refund", effect, 2)
    headers = {**staff.headers, "Idempotency-Key": str(uuid4())}
    url = f"/v1/orders/{order_id}/refunds"
    assert (await shop.http.post(url, headers=headers, json={"reason": "Torn"})).is_success
    await shop.until(order_id, staff, lambda order: order["payment_status"] == "refunded")
    assert await moves(shop, order_id) == ["authorise", "capture", "refund"]


# -- the parcel --------------------------------------------------------------------------------------


async def parcel(shop: Shop, **address: str) -> tuple[str, str, tuple[int, int]]:
    """Buy the only copy of a book: the order, how it ended, and what is left."""
    book = shop.shelf.put(copies=1)
    answer = await shop.buy(await shop.reader(), book, shipping_addr={**ADDRESS, **address})
    order_id = answer.json()["order_id"]
    return order_id, (await shop.ended(order_id))["status"], await shop.stock(book)


async def way(shop: Shop, order_id: str) -> list[str]:
    """What the carrier did, in order."""
    return [line["status"] for line in await shop.carrier.ledger(order_id)]


@pytest.mark.parametrize(("effect", "times"), ONCE_AND_TWICE)
async def test_a_booking_without_answer_is_repeated_and_is_one_parcel(
    shop: Shop, effect: str, times: int
) -> None:
    await shop.carrier.misbehave("book", effect, times)
    order_id, ended, stock = await parcel(shop)
    assert (ended, stock) == ("completed", (0, 0))
    assert await way(shop, order_id) == ["booked", "dispatched", "delivered"]
    assert await moves(shop, order_id) == ["authorise", "capture"]


@pytest.mark.parametrize("effect", ["latency", "slow_answer"])
async def test_a_booking_that_times_out_is_one_parcel(shop: Shop, effect: str) -> None:
    await shop.carrier.misbehave("book", effect, seconds=3)
    order_id, ended, stock = await parcel(shop)
    assert (ended, stock) == ("completed", (0, 0))
    assert await way(shop, order_id) == ["booked", "dispatched", "delivered"]


@pytest.mark.parametrize("effect", ONE_OF_EACH)
async def test_a_carrier_that_does_not_say_where_the_parcel_is_is_asked_again(
    shop: Shop, effect: str
) -> None:
    await shop.carrier.misbehave("find", effect, 2)
    order_id, ended, stock = await parcel(shop)
    assert (ended, stock) == ("completed", (0, 0))
    assert await moves(shop, order_id) == ["authorise", "capture"]


async def test_a_place_nobody_brings_parcels_to_ends_the_order_uncharged(shop: Shop) -> None:
    order_id, ended, stock = await parcel(shop, postal_code="00000")
    assert (ended, stock) == ("cancelled", (1, 0))
    assert await moves(shop, order_id) == ["authorise", "void"]


@pytest.mark.parametrize("effect", ["late", "out_of_order", "duplicate"])
async def test_news_that_come_late_twice_or_out_of_order_change_nothing(shop: Shop, effect: str) -> None:
    await shop.carrier.misbehave("webhook", effect, 1, seconds=0.5)
    order_id, ended, stock = await parcel(shop)
    assert (ended, stock) == ("completed", (0, 0))
    assert await moves(shop, order_id) == ["authorise", "capture"]


# -- calling it off ----------------------------------------------------------------------------------


@pytest.mark.parametrize("operation", ["cancel", "abandon"])
@pytest.mark.parametrize("effect", ONE_OF_EACH)
async def test_a_cancellation_that_meets_silence_is_carried_through(
    shop: Shop, operation: str, effect: str
) -> None:
    await shop.carrier.hurry(60, 60)
    book, reader = shop.shelf.put(copies=1), await shop.reader()
    order_id = (await shop.buy(reader, book)).json()["order_id"]
    await shop.until(order_id, reader, lambda order: order["tracking_number"])
    await (shop.carrier if operation == "cancel" else shop.payments).misbehave(operation, effect, 2)
    assert (await cancelled(shop, order_id, reader))["status"] == "cancelled"
    assert await shop.stock(book) == (1, 0)
    assert await moves(shop, order_id) == ["authorise", "void"]
    assert await way(shop, order_id) == ["booked", "cancelled"]


async def cancelled(shop: Shop, order_id: str, reader: Reader) -> dict[str, str]:
    answer = await shop.http.post(f"/v1/orders/{order_id}/cancel", headers=reader.headers)
    assert answer.status_code == 200, answer.text
    ended: dict[str, str] = await shop.ended(order_id)
    return ended
