"""Money that goes back."""

import asyncio
from typing import Any

from tests.bdd.drivers.protocol import Refused, Visitor
from tests.bdd.reading import cents
from tests.bdd.story import Story
from tests.bdd.words import given, then, when


@when('staff refunds {money:S} for "{title}" because "{reason}"', money=cents)
async def _(story: Story, money: int, title: str, reason: str) -> None:
    await _refund(story, await story.staff(), _line(story, title, money), reason)


@given('staff has refunded {money:S} for "{title}"', money=cents)
async def _(story: Story, money: int, title: str) -> None:
    await _refund(story, await story.staff(), _line(story, title, money), "Half of it was missing")


@when('staff refunds the rest of "{title}" because "{reason}"')
async def _(story: Story, title: str, reason: str) -> None:
    await _refund(story, await story.staff(), _line(story, title), reason)


@when('staff refunds the whole order because "{reason}"')
async def _(story: Story, reason: str) -> None:
    await _refund(story, await story.staff(), {}, reason)


@when('staff refunds {who:w}\'s order because "{reason}"')
async def _(story: Story, who: str, reason: str) -> None:
    story.buyer = who
    await _refund(story, await story.staff(), {}, reason)


@when('{who:w} refunds {money:S} for "{title}" to herself', money=cents)
async def _(story: Story, who: str, money: int, title: str) -> None:
    await _refund(story, await story.person(who), _line(story, title, money), "I want it back")


@when('staff\'s click on "refund {money:S} for {title:w}" arrives twice', money=cents)
async def _(story: Story, money: int, title: str) -> None:
    click = story.click()
    for _time in range(2):
        await _refund(story, await story.staff(), _line(story, title, money), "Damaged", click)


@when('two members of staff each refund all of "{title}" at the same moment')
async def _(story: Story, title: str) -> None:
    people = [await story.staff("Olga"), await story.staff("Piet")]
    told = await asyncio.gather(
        *(_refund(story, person, _line(story, title), "Damaged") for person in people), return_exceptions=True
    )
    refused = [answer.code for answer in told if isinstance(answer, Refused)]
    assert refused == ["refund_too_large"]


@then("{money:S} have gone back to her card", money=cents)
async def _(story: Story, money: int) -> None:
    moved = await story.eventually(story.money, lambda moved: moved["refund"] == money)
    assert moved["refund"] == money


@then("{who:w}'s payment is partially refunded")
async def _(story: Story, who: str) -> None:
    await _payment_is(story, who, "partially_refunded")


@then("{who:w}'s payment is refunded")
async def _(story: Story, who: str) -> None:
    await _payment_is(story, who, "refunded")


def _line(story: Story, title: str, money: int | None = None) -> dict[str, Any]:
    line: dict[str, Any] = {"book_id": str(story.book(title))}
    return {"lines": [line if money is None else {**line, "amount": money}]}


async def _refund(
    story: Story, person: Visitor, what: dict[str, Any], reason: str, click: str | None = None
) -> None:
    body = {**what, "reason": reason}
    await person.refund(story.order_of(story.buyer), body, click or story.click())


async def _payment_is(story: Story, who: str, status: str) -> None:
    order = await story.eventually(lambda: story.see(who), lambda it: it["payment_status"] == status)
    assert order["payment_status"] == status
