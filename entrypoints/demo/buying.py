"""The second half of the story: money and parcels."""

import asyncio
from datetime import datetime
from typing import Final
from uuid import uuid4

from entrypoints.demo.entering import COPIES, Reader
from entrypoints.demo.narrator import Narrator, NotAsTold, money
from entrypoints.demo.visitor import Document, Reply, Visitor

PENDING: Final = 202  # HTTP: accepted, and its outcome is not known yet
LOOKS: Final = 60
LOOK_EVERY: Final = 0.25  # seconds


async def be_declined(visitor: Visitor, tell: Narrator, reader: Reader, book: Document) -> None:
    """A card that the bank refuses."""
    tell.chapter("A card is declined")
    free = await _free_copies(visitor, book)
    answer = await _check_out(visitor, reader, "tok_declined", 402)
    order = await _decided(visitor, tell, answer)
    tell.say(f"{answer.status}: {order['ended_because']}")
    moved = {line["kind"] for line in await visitor.ledger(order["order_id"])}
    tell.fact("The order is declined", true=order["status"] == "declined")
    tell.fact("The provider's ledger knows a refusal and no money", true=moved == {"decline"})
    back = await _free_copies(visitor, book) == free
    tell.fact(f"Her {COPIES} copies are free for others again", true=back)


async def buy(visitor: Visitor, tell: Narrator, reader: Reader, quote: Document) -> Document:
    """Another card, at the quoted price; the button is pressed twice."""
    tell.chapter("Another card, and the button is pressed twice")
    key, promise = str(uuid4()), {"quote_id": quote["quote_id"]}
    first = await _check_out(visitor, reader, "tok_ok", 201, key=key, more=promise)
    again = await _check_out(visitor, reader, "tok_ok", 201, key=key, more=promise)
    order = await _decided(visitor, tell, first)
    tell.say(f"{first.status}: order {order['order_id']} is {order['status']}.")
    tell.fact("It costs what was quoted", true=order["total"] == quote["total"])
    tell.fact("The second press got the same answer, byte for byte", true=again.body == first.body)
    orders = [found["order_id"] for found in (await visitor.get("/v1/orders"))["items"]]
    tell.fact("There is one order beside the declined one", true=len(orders) == 1 + 1)
    return order


async def follow(visitor: Visitor, tell: Narrator, order: Document) -> None:
    """Watch the order until it has ended."""
    tell.chapter("Following it, live (server-sent events)")
    await _watch(visitor, tell, order)


async def buy_with_the_bank(visitor: Visitor, tell: Narrator, reader: Reader, ebook: Document) -> Document:
    """A payment that the reader's bank wants confirmed (3-D Secure)."""
    tell.chapter("An e-book, and the bank asks back (3-D Secure)")
    await visitor.post("/v1/cart", {"book_id": ebook["book_id"], "qty": 1})
    answer = await _check_out(visitor, reader, "tok_3ds_required", 202)
    order = await _decided(visitor, tell, answer)
    page = order["action_url"]
    tell.say(f"202 pending; the shop waits for her at {page}")
    await visitor.confirm_at_bank(page)
    tell.say("She confirmed.")
    await _watch(visitor, tell, order)
    return order


async def change_her_mind(visitor: Visitor, tell: Narrator, reader: Reader, book: Document) -> Document:
    """An order that is called off while the parcel waits."""
    tell.chapter("An order is cancelled")
    await visitor.post("/v1/cart", {"book_id": book["book_id"], "qty": 1})
    free = await _free_copies(visitor, book)
    order = await _decided(visitor, tell, await _check_out(visitor, reader, "tok_ok", 201))
    tell.say(f"Order {order['order_id']} is {order['status']}; she changes her mind.")
    cancelled = (await visitor.post(f"/v1/orders/{order['order_id']}/cancel", {}, 200)).document
    tell.say(cancelled["ended_because"])
    moved = [line["kind"] for line in await visitor.ledger(order["order_id"])]
    tell.fact("The order is cancelled", true=cancelled["status"] == "cancelled")
    tell.fact("The reserved money was let go of; none was taken", true=sorted(moved) == ["authorise", "void"])
    tell.fact("The copy is on the shelf again", true=await _free_copies(visitor, book) == free)
    return order


async def _check_out(
    visitor: Visitor,
    reader: Reader,
    token: str,
    status: int,
    *,
    key: str | None = None,
    more: Document | None = None,
) -> Reply:
    payment = {"method": "card", "token": token}
    body = {"payment_info": payment, "shipping_addr": reader.address, **(more or {})}
    return await visitor.post("/v1/checkout", body, status, PENDING, key=key or str(uuid4()))


async def _decided(visitor: Visitor, tell: Narrator, answer: Reply) -> Document:
    """The order once its payment is decided, or its bank asks back."""
    path = f"/v1/orders/{answer.document['order_id']}"
    if answer.status == PENDING and answer.document["next_action"] is None:
        tell.say("202 pending: it takes more than two seconds, so the shop lets her follow it.")
    for _ in range(LOOKS):
        order = await visitor.get(path)
        if order["status"] != "pending" or order["action_url"]:
            return order
        await asyncio.sleep(LOOK_EVERY)
    raise NotAsTold(f"The payment of {path} was not decided within {LOOKS * LOOK_EVERY:.0f} s.")


async def _watch(visitor: Visitor, tell: Narrator, order: Document) -> None:
    began: datetime | None = None
    async for event in visitor.events(f"/v1/orders/{order['order_id']}/events"):
        at = datetime.fromisoformat(event["at"])
        began = began or at
        tell.say(f"{(at - began).total_seconds():5.1f} s  {event['text']}")
    ended = await visitor.get(f"/v1/orders/{order['order_id']}")
    if ended["needs_attention"]:
        raise NotAsTold(f"A person is needed: {ended['needs_attention']}")
    done = (ended["status"], ended["payment_status"], ended["fulfilment_status"])
    tell.fact("Completed, paid and delivered", true=done == ("completed", "captured", "delivered"))
    tell.fact(f"It cost {money(ended['total'])}, as agreed", true=ended["total"] == order["total"])


async def _free_copies(visitor: Visitor, book: Document) -> int:
    fresh = await visitor.ask(
        "GET", f"/v1/books/{book['book_id']}", headers={"Cache-Control": "no-cache"}
    )  # the shop window may be a second old
    copies: int = fresh.document["availability"]["available"]
    return copies
