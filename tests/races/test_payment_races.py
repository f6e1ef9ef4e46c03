"""Provider, reader and staff press their buttons at the same moment: money moves once."""

import asyncio
import json
import time
from datetime import UTC, datetime
from uuid import UUID, uuid4

import httpx
import pytest

from domain.shared.signatures import sign
from tests.shop import Reader, Shop

WEBHOOK = "/v1/webhooks/payments/sandbox"


async def asked_by_the_bank(shop: Shop, book: UUID) -> tuple[Reader, str, str]:
    """A reader whose bank wants a word: who, the order, and the bank's page."""
    reader = await shop.reader()
    answer = await shop.buy(reader, book, "tok_3ds_required")
    assert (answer.status_code, answer.json()["payment_status"]) == (202, "action_required")
    return reader, answer.json()["order_id"], answer.json()["next_action"]["url"]


async def paid_e_book(shop: Shop) -> str:
    """An order that is complete at once."""
    answer = await shop.buy(await shop.reader(), shop.shelf.put(format="ebook"))
    await shop.ended(answer.json()["order_id"])
    order_id: str = answer.json()["order_id"]
    return order_id


def letter(shop: Shop, order_id: str) -> tuple[bytes, dict[str, str]]:
    """What the provider sends when a payment was confirmed, signed."""
    event = {
        "id": f"evt_{uuid4().hex}",
        "type": "payment.authorised",
        "created": int(time.time()),
        "data": {"key": f"{order_id}-1-authorise", "reference": "pay_x", "order_id": order_id},
    }
    body = json.dumps(event).encode()
    seal = sign(body, shop.environment["OCTAVO_PAYMENTS_WEBHOOK_SECRET"], datetime.now(UTC))
    return body, {"Sandbox-Signature": seal, "Content-Type": "application/json"}


async def send(shop: Shop, body: bytes, headers: dict[str, str]) -> httpx.Response:
    return await shop.http.post(WEBHOOK, content=body, headers=headers)


async def test_webhook_and_reader_finishing_together_finish_one_payment(shop: Shop) -> None:
    book = shop.shelf.put(copies=10)
    for _ in range(5):
        reader, order_id, page = await asked_by_the_bank(shop, book)
        body, headers = letter(shop, order_id)
        await asyncio.gather(
            shop.payments.decide(page, "confirm"),  # and the provider sends its own letter
            *(send(shop, body, headers) for _ in range(3)),
            *(shop.see(order_id, reader) for _ in range(3)),
        )
        await shop.ended(order_id)
        money = await shop.payments.money(order_id)
        assert money == {"authorise": money["capture"], "capture": money["authorise"], "void": 0, "refund": 0}
    assert await shop.stock(book) == (5, 0)


async def test_a_letter_that_comes_three_times_at_once_is_one_letter(shop: Shop) -> None:
    await shop.payments.misbehave("webhook", "duplicate", copies=3)
    book = shop.shelf.put(copies=1)
    _, order_id, page = await asked_by_the_bank(shop, book)
    await shop.payments.decide(page, "confirm")
    await shop.ended(order_id)
    kinds = [line["kind"] for line in await shop.payments.ledger(order_id)]
    assert kinds == ["authorise", "capture"]


async def test_every_copy_of_a_letter_is_taken_so_that_the_provider_stops_sending(shop: Shop) -> None:
    body, headers = letter(shop, await paid_e_book(shop))
    answers = await asyncio.gather(*(send(shop, body, headers) for _ in range(10)))
    assert {answer.status_code for answer in answers} == {204}


@pytest.mark.parametrize("seal", ["", "t=1,v1=00", "no seal"])
async def test_a_forged_letter_is_refused(shop: Shop, seal: str) -> None:
    body, headers = letter(shop, str(uuid4()))
    answer = await send(shop, body, {**headers, "Sandbox-Signature": seal})
    assert answer.status_code in {400, 401, 403}
    assert answer.json()["code"] == "forged_message"


async def test_two_tabs_one_confirming_one_denying_agree_on_what_was_first(shop: Shop) -> None:
    book = shop.shelf.put(copies=10)
    for _ in range(3):
        _, order_id, page = await asked_by_the_bank(shop, book)
        await asyncio.gather(*(shop.payments.decide(page, button) for button in ("confirm", "deny") * 2))
        ended = await shop.ended(order_id)
        kept = (await shop.payments.money(order_id))["capture"]
        assert (ended["status"] == "completed") == (kept > 0)


async def test_cancelling_while_the_bank_confirms_leaves_no_money_behind(shop: Shop) -> None:
    book = shop.shelf.put(copies=10)
    for _ in range(5):
        reader, order_id, page = await asked_by_the_bank(shop, book)
        await asyncio.gather(shop.payments.decide(page, "confirm"), cancel(shop, order_id, reader))
        ended = await shop.ended(order_id)
        money = await shop.payments.money(order_id)
        kept = money["capture"] - money["refund"]
        assert (ended["status"] == "completed") == (kept > 0)
        assert money["authorise"] == money["void"] + money["capture"]


async def test_a_payment_confirmed_after_the_order_was_cancelled_holds_no_money(shop: Shop) -> None:
    reader, order_id, page = await asked_by_the_bank(shop, shop.shelf.put(copies=1))
    assert (await cancel(shop, order_id, reader)).status_code == 200
    await shop.payments.decide(page, "confirm")
    money = await shop.payments.money(order_id)
    assert money["authorise"] == money["void"]
    assert money["capture"] == 0


async def cancel(shop: Shop, order_id: str, reader: Reader) -> httpx.Response:
    return await shop.http.post(f"/v1/orders/{order_id}/cancel", headers=reader.headers)


async def test_cancelling_several_times_at_once_cancels_once(shop: Shop) -> None:
    await shop.carrier.hurry(60, 60)
    book, reader = shop.shelf.put(copies=1), await shop.reader()
    order_id = (await shop.buy(reader, book)).json()["order_id"]
    await shop.until(order_id, reader, lambda order: order["tracking_number"])
    answers = await asyncio.gather(*(cancel(shop, order_id, reader) for _ in range(6)))
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.json()["status"] for answer in answers} == {"cancelled"}
    await shop.ended(order_id)
    kinds = [line["kind"] for line in await shop.payments.ledger(order_id)]
    assert kinds == ["authorise", "void"]
    parcels = await shop.carrier.ledger(order_id)
    assert [parcel["status"] for parcel in parcels] == ["booked", "cancelled"]
    assert await shop.stock(book) == (1, 0)


async def test_cancelling_at_the_moment_the_parcel_leaves_is_decided_one_way(shop: Shop) -> None:
    await shop.carrier.hurry(0.05, 0.05)
    book = shop.shelf.put(copies=20)
    for _ in range(6):
        reader = await shop.reader()
        order_id = (await shop.buy(reader, book)).json()["order_id"]
        answer = await cancel(shop, order_id, reader)
        ended = (await shop.ended(order_id))["status"]
        assert (answer.status_code, ended) in {(200, "cancelled"), (409, "completed")}
    assert (await shop.stock(book))[1] == 0


async def test_an_order_that_has_arrived_is_not_cancelled(shop: Shop) -> None:
    reader = await shop.reader()
    order_id = (await shop.buy(reader, shop.shelf.put(format="ebook"))).json()["order_id"]
    await shop.ended(order_id)
    answer = await cancel(shop, order_id, reader)
    assert (answer.status_code, answer.json()["code"]) == (409, "too_late_to_cancel")


async def refund(shop: Shop, order_id: str, staff: Reader, *, key: str, body: object) -> httpx.Response:
    headers = {**staff.headers, "Idempotency-Key": key}
    return await shop.http.post(f"/v1/orders/{order_id}/refunds", headers=headers, json=body)


async def test_a_double_click_on_refund_gives_the_money_back_once(shop: Shop) -> None:
    order_id, staff = await paid_e_book(shop), await shop.staff()
    answers = await asyncio.gather(
        *(refund(shop, order_id, staff, key="click", body={"reason": "Torn"}) for _ in range(6))
    )
    assert {answer.status_code for answer in answers} <= {201, 202}
    assert len({answer.json()["refund_id"] for answer in answers}) == 1
    await shop.until(order_id, staff, lambda order: order["payment_status"] == "refunded")
    money = await shop.payments.money(order_id)
    assert money["refund"] == money["capture"]


async def test_equal_refunds_of_two_decisions_are_both_given_and_never_more_than_was_paid(
    shop: Shop,
) -> None:
    order_id, staff = await paid_e_book(shop), await shop.staff()
    [line] = (await shop.see(order_id, staff))["lines"]
    part = line["total"]["amount"] // 2
    body = {"reason": "Torn", "lines": [{"book_id": line["book_id"], "amount": part}]}
    answers = await asyncio.gather(
        *(refund(shop, order_id, staff, key=f"decision {turn}", body=body) for turn in range(4))
    )
    assert sorted(answer.status_code for answer in answers) in ([201, 201, 422, 422], [202, 202, 422, 422])
    await shop.until(
        order_id, staff, lambda order: [r["status"] for r in order["refunds"]] == ["succeeded"] * 2
    )
    assert (await shop.payments.money(order_id))["refund"] == 2 * part


async def test_of_several_decisions_to_give_everything_back_one_is_carried_out(shop: Shop) -> None:
    order_id, staff = await paid_e_book(shop), await shop.staff()
    answers = await asyncio.gather(
        *(refund(shop, order_id, staff, key=str(turn), body={"reason": "Torn"}) for turn in range(4))
    )
    assert sorted(answer.status_code for answer in answers)[1:] == [409, 409, 409]
    assert {a.json()["code"] for a in answers if a.status_code == 409} == {"nothing_to_refund"}
