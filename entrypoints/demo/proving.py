"""The end of the story: what others have to say about it."""

import asyncio
from typing import Final

from entrypoints.demo.entering import Reader
from entrypoints.demo.narrator import Narrator, NotAsTold, money
from entrypoints.demo.visitor import Document, Visitor

# Two orders confirmed and delivered (one of them by post), one cancelled, one declined.
LETTERS: Final = {"confirmed": 3, "on their way": 1, "not completed": 2}
LOOKS: Final = 40  # a letter is sent beside the order, not before it goes on
LOOK_EVERY: Final = 0.25  # seconds


async def read_mails(visitor: Visitor, tell: Narrator, reader: Reader) -> None:
    """What the shop wrote to her."""
    tell.chapter("Her mailbox")
    mails = await _all_mails(visitor, reader)
    for mail in mails:
        tell.say(mail["subject"])
    subjects = [mail["subject"] for mail in mails]
    counted = {word: sum(word in subject for subject in subjects) for word in LETTERS}
    tell.fact("A letter for each piece of news, none twice", true=counted == LETTERS)
    tell.say(visitor.settings.mail.url, "cyan")


async def compare_books(visitor: Visitor, tell: Narrator, order: Document) -> None:
    """The payment provider is asked, not the shop."""
    tell.chapter("The payment provider's own ledger")
    lines = await visitor.ledger(order["order_id"])
    tell.table(
        ("key", "movement", "amount>"),
        [(line["key"], line["kind"], money(line)) for line in lines],
    )
    charges = [line["amount"] for line in lines if line["kind"] == "capture"]
    tell.fact("Charged once, and exactly the total", true=charges == [order["total"]["amount"]])


async def look_back(visitor: Visitor, tell: Narrator, order: Document) -> None:
    """The order's story, and its process."""
    tell.chapter("The order's story")
    seen = await visitor.get(f"/v1/orders/{order['order_id']}")
    rows = [(entry["at"][11:19], entry["kind"], entry["text"]) for entry in seen["timeline"]]
    tell.table(("UTC", "kind", "what happened"), rows)
    temporal = visitor.settings.temporal
    tell.say("Its process, with every step, in the Temporal UI:")
    tell.say(f"{temporal.ui_url}/namespaces/{temporal.namespace}/workflows/{seen['process']}", "cyan")


async def _all_mails(visitor: Visitor, reader: Reader) -> list[Document]:
    wanted = sum(LETTERS.values())
    for _ in range(LOOKS):
        if len(mails := await visitor.mails(reader.email)) >= wanted:
            return mails
        await asyncio.sleep(LOOK_EVERY)
    raise NotAsTold(f"{len(mails)} of {wanted} letters came within {LOOKS * LOOK_EVERY:.0f} s.")
