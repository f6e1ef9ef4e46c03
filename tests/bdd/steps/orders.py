"""Ordering, paying, shipping, cancelling, and what people decide about parked orders."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.bdd.drivers.protocol import Refused, Wish
from tests.bdd.reading import books_named
from tests.bdd.steps.carts import fill
from tests.bdd.story import Story
from tests.bdd.words import given, then, when

WORKING = "tok_ok"
CARDS = {
    "a card that works": WORKING,
    "a card that the bank declines": "tok_declined",
    "a card without enough money": "tok_insufficient_funds",
    "a card whose bank asks her to confirm": "tok_3ds_required",
    "a card whose provider's answer gets lost": "tok_lost_answer",
    "a card whose provider does not answer": "tok_timeout",
}
Books = list[tuple[int, str]]


@when("{who:w} buys {books}", books=books_named)
@given("{who:w} has bought {books}", books=books_named)
async def _(story: Story, who: str, books: Books) -> None:
    await buy(story, who, books)


@when("{who:w} uses the coupon to buy {books}", books=books_named)
@given("{who:w} has used the coupon to buy {books}", books=books_named)
async def _(story: Story, who: str, books: Books) -> None:
    await buy(story, who, books, coupon=story.coupon)


@when("{who:w} orders what is in the cart")
async def _(story: Story, who: str) -> None:
    await _order(story, who)


@given("{who:w} pays with {card}")
@when("{who:w} pays with {card}")
async def _(story: Story, who: str, card: str) -> None:
    await _order(story, who, CARDS[card])


@when("{who:w} orders at the quoted price")
async def _(story: Story, who: str) -> None:
    await _order(story, who, quote_id=story.last["quote_id"])


@given('{who:w}\'s card was declined when she wanted "{title}"')
async def _(story: Story, who: str, title: str) -> None:
    await _declined(story, who, title)


@given('{who:w}\'s card was declined when she used the coupon on "{title}"')
async def _(story: Story, who: str, title: str) -> None:
    await _declined(story, who, title, story.coupon)


# -- clicks that arrive more than once ---------------------------------------------------------------


@when('{who:w}\'s click on "order" arrives twice')
async def _(story: Story, who: str) -> None:
    visitor, wish = await story.person(who), Wish(card=WORKING, key=story.click())
    story.last = [await visitor.order(wish), await visitor.order(wish)]
    story.buyer, story.orders[who] = who, [story.last[0]["order_id"]]


@when('{who:w}\'s click on "order" arrives {times:d} times at the same moment')
async def _(story: Story, who: str, times: int) -> None:
    visitor, wish = await story.person(who), Wish(card=WORKING, key=story.click())
    answers = await asyncio.gather(*(visitor.order(wish) for _ in range(times)), return_exceptions=True)
    busy = [answer for answer in answers if isinstance(answer, BaseException)]
    assert {getattr(answer, "code", repr(answer)) for answer in busy} <= {"request_in_progress"}
    placed = {answer["order_id"] for answer in answers if not isinstance(answer, BaseException)}
    story.buyer, story.orders[who] = who, list(placed)


@when("{who:w} repeats that click with another card")
async def _(story: Story, who: str) -> None:
    assert story.wish is not None
    await (await story.person(who)).order(replace(story.wish, card="tok_slow"))


@then("both get the same answer")
async def _(story: Story) -> None:
    first, second = story.last
    assert first == second


# -- many at once ------------------------------------------------------------------------------------


@when('{many:d} readers buy "{title}" at the same moment')
async def _(story: Story, many: int, title: str) -> None:
    await _rush(story, many, title, None)


@when('{many:d} readers buy "{title}" with the coupon at the same moment')
async def _(story: Story, many: int, title: str) -> None:
    await _rush(story, many, title, story.coupon)


# -- the bank and the carrier ------------------------------------------------------------------------


@when("{who:w} confirms the payment at her bank")
async def _(story: Story, who: str) -> None:
    await _at_the_bank(story, who, confirmed=True)


@when("{who:w} denies the payment at her bank")
async def _(story: Story, who: str) -> None:
    await _at_the_bank(story, who, confirmed=False)


@given("somebody has booked the parcel for {who:w}'s order by hand")
async def _(story: Story, who: str) -> None:
    await _booked_by_hand(story, who)


@given("the carrier has collected the parcel")
@when("the carrier collects the parcel")
async def _(story: Story) -> None:
    await collect(story)


@when("the carrier delivers the parcel")
async def _(story: Story) -> None:
    await story.shop.parcel_moves(story.order_of(story.buyer))


@when("the carrier collects and delivers the parcel")
async def _(story: Story) -> None:
    await collect(story)
    await story.shop.parcel_moves(story.order_of(story.buyer))


@given("the payment provider answers nothing when money is to be taken")
async def _(story: Story) -> None:
    await story.timeless().provider_silent_about("capture")


@when("the payment provider answers again")
async def _(story: Story) -> None:
    await story.timeless().provider_answers_again()


@given("{days:d} days pass")
async def _(story: Story, days: int) -> None:
    await story.timeless().time_passes(timedelta(days=days))


@given("{minutes:d} minutes pass")
@when("{minutes:d} minutes pass")
async def _(story: Story, minutes: int) -> None:
    await story.timeless().time_passes(timedelta(minutes=minutes))


# -- cancelling and looking after --------------------------------------------------------------------


@when("{who:w} cancels the order")
async def _(story: Story, who: str) -> None:
    await (await story.person(who)).cancel(story.order_of(story.buyer))


@when("{who:w} cancels {other:w}'s order")
async def _(story: Story, who: str, other: str) -> None:
    await (await story.person(who)).cancel(story.order_of(other))


@when("a member of staff cancels {other:w}'s order")
async def _(story: Story, other: str) -> None:
    await (await story.staff()).cancel(story.order_of(other))


@when('{who:w}\'s click on "cancel" arrives {times:d} times at the same moment')
async def _(story: Story, who: str, times: int) -> None:
    visitor, order_id = await story.person(who), story.order_of(who)
    await asyncio.gather(*(visitor.cancel(order_id) for _ in range(times)))


@when("{who:w} looks for {other:w}'s order")
async def _(story: Story, who: str, other: str) -> None:
    story.last = await (await story.person(who)).see_order(story.order_of(other))


@when("a member of staff looks for {other:w}'s order")
async def _(story: Story, other: str) -> None:
    story.last = await (await story.staff()).see_order(story.order_of(other))


@given("{who:w}'s order is parked because somebody has booked its parcel by hand")
async def _(story: Story, who: str) -> None:
    await _booked_by_hand(story, who)
    await _at_the_bank(story, who, confirmed=True)
    await story.eventually(story.see, lambda order: order["needs_attention"])


@when('an operator settles it with the note "{note}"')
async def _(story: Story, note: str) -> None:
    await story.shop.operator(story.order_of(story.buyer), "settle", note)
    await story.eventually(story.see, lambda order: not order["needs_attention"])


@when("an operator tries again")
async def _(story: Story) -> None:
    await story.shop.operator(story.order_of(story.buyer), "retry")


# -- how ---------------------------------------------------------------------------------------------


async def buy(story: Story, who: str, books: Books, *, coupon: str | None = None) -> None:
    """Into the cart and to the till."""
    await fill(story, who, books)
    await _order(story, who, coupon=coupon)


async def collect(story: Story) -> None:
    """The carrier comes as soon as it is booked, by whomever."""
    await story.eventually(story.see, lambda order: order["tracking_number"] or not story.parcel_awaited)
    await story.shop.parcel_moves(story.order_of(story.buyer))
    await story.eventually(story.see, lambda order: order["fulfilment_status"] == "dispatched")


async def _order(
    story: Story, who: str, card: str = WORKING, *, coupon: str | None = None, quote_id: str | None = None
) -> None:
    wish = Wish(card=card, key=story.click(), coupon=coupon, quote_id=quote_id)
    await story.orders_thing(who, wish)


async def _booked_by_hand(story: Story, who: str) -> None:
    """The bank's question leaves somebody the time to."""
    await fill(story, who, [(1, "Emma")])
    await _order(story, who, "tok_3ds_required")
    await story.shop.parcel_booked_by_hand(story.order_of(who))
    story.parcel_awaited = False


async def _declined(story: Story, who: str, title: str, coupon: str | None = None) -> None:
    await fill(story, who, [(1, title)])
    with pytest.raises(Refused, match="payment_declined"):
        await _order(story, who, "tok_declined", coupon=coupon)


async def _rush(story: Story, many: int, title: str, coupon: str | None) -> None:
    names = [f"Reader{number}" for number in range(many)]
    for name in names:
        await fill(story, name, [(1, title)])
    told = await asyncio.gather(
        *(_order(story, name, coupon=coupon) for name in names), return_exceptions=True
    )
    refused = [answer for answer in told if answer is not None]
    assert all(isinstance(answer, Refused) for answer in refused), refused
    codes = Counter(answer.code for answer in refused if isinstance(answer, Refused))
    story.last = Counter({"served": many - len(refused)}) + codes


async def _at_the_bank(story: Story, who: str, *, confirmed: bool) -> None:
    await story.shop.bank_decides(story.order_of(who), story.bank_page, confirmed=confirmed)
