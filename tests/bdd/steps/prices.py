"""Quotes and coupons."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from tests.bdd.reading import amount, cents, pairs
from tests.bdd.steps.catalogue import cents_of
from tests.bdd.story import Story
from tests.bdd.words import given, then, when

LIMITS: dict[str, Any] = {
    "for each reader once": {"per_user_limit": 1},
    "for a single use": {"total_limit": 1},
    "for books worth 20.00": {"minimum_subtotal": {"amount": 2000, "currency": "USD"}},
    "that starts tomorrow": {},
}


@given("staff has put out a coupon of {percent:d} %")
async def _(story: Story, percent: int) -> None:
    await _put_out(story, basis_points=percent * 100)


@given("staff has put out a coupon of {money:S} USD", money=cents)
async def _(story: Story, money: int) -> None:
    await _put_out(story, amount={"amount": money, "currency": "USD"})


@given("staff has put out a coupon of {percent:d} % {terms}")
async def _(story: Story, percent: int, terms: str) -> None:
    limits = dict(LIMITS[terms])
    if terms == "that starts tomorrow":
        limits["starts_at"] = (story.shop.now() + timedelta(days=1)).isoformat()
    await _put_out(story, basis_points=percent * 100, **limits)


@when("{who:w} asks what it costs to send this to {country:w}")
async def _(story: Story, who: str, country: str) -> None:
    await _quote(story, who, country)


@when("{who:w} asks what it costs to send this to {country:w} by {way:w}")
async def _(story: Story, who: str, country: str, way: str) -> None:
    await _quote(story, who, country, way)


@when("{who:w} asks what it costs to send this to {country:w} with the coupon")
async def _(story: Story, who: str, country: str) -> None:
    await _quote(story, who, country, coupon=story.coupon)


@when("{who:w} asks what it costs with the coupon")
async def _(story: Story, who: str) -> None:
    await _quote(story, who, coupon=story.coupon)


@when("{who:w} asks what it costs with a coupon that nobody put out")
async def _(story: Story, who: str) -> None:
    await _quote(story, who, coupon=f"NOBODY{story.mark}")


@given("{who:w} has a quote for her cart")
async def _(story: Story, who: str) -> None:
    await _quote(story, who)


@then("the quote comes to:")
async def _(story: Story, datatable: Sequence[Sequence[str]]) -> None:
    quote, wanted = story.last, pairs(datatable)
    told = {
        "books": amount(quote["subtotal"]),
        "discount": sum(amount(discount["amount"]) for discount in quote["discounts"]),
        "shipping": amount(quote["shipping"]["price"]),
        "tax": amount(quote["tax"]),
        "total": amount(quote["total"]),
    }
    assert {name: cents_of(told[name]) for name in wanted} == wanted
    parts = [*quote["lines"], quote["shipping"]]
    assert sum(amount(part["total"]) for part in parts) == told["total"], "the parts add up"


@then("the coupon takes off {first:S}, {second:S} and {third:S}", first=cents, second=cents, third=cents)
async def _(story: Story, first: int, second: int, third: int) -> None:
    assert [amount(line["discount"]) for line in story.last["lines"]] == [first, second, third]


@then("the quote explains the discount, the tax and the shipping")
async def _(story: Story) -> None:
    explained = " ".join(story.last["explanation"])
    for words in (
        "took 5.00 USD off 'Emma'",
        "Tax of 7 % added 1.05 USD",
        "Shipping (standard) costs 14.99 USD",
    ):
        assert words in explained


async def _put_out(story: Story, **terms: object) -> None:
    story.coupon = f"C{story.mark}".upper()
    await (await story.staff()).create_coupon({"code": story.coupon, **terms})


async def _quote(
    story: Story, who: str, country: str = "US", way: str | None = None, *, coupon: str | None = None
) -> None:
    story.last = await (await story.person(who)).quote(country, way, coupon)
