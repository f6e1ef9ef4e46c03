"""Stores made from a seed: the `number`-th is the same whatever their number, on every machine."""

from collections.abc import Sequence
from typing import Final

from domain.prices.offer import Condition
from entrypoints.sandbox.bookstores.chance import draw, normal, pick, weighted
from entrypoints.sandbox.bookstores.names import MOST, name_of, title_of
from entrypoints.sandbox.bookstores.prices import PriceList, local
from entrypoints.sandbox.bookstores.store import (
    Auth,
    AuthKind,
    Latency,
    Markup,
    OrderDesk,
    Postage,
    RetryAfter,
    Rule,
    Store,
    WireFormat,
)

SEED: Final = "octavo"
FEWEST: Final = 1
USED: Final = (Condition.LIKE_NEW, Condition.VERY_GOOD, Condition.GOOD, Condition.ACCEPTABLE)
_FORMATS: Final = tuple(WireFormat)
_HOMES: Final = (
    *((("US", "USD"), 0.58), (("GB", "GBP"), 0.10), (("DE", "EUR"), 0.09), (("FR", "EUR"), 0.06)),
    *((("CA", "CAD"), 0.05), (("AU", "AUD"), 0.05), (("CH", "CHF"), 0.04), (("JP", "JPY"), 0.03)),
)
# Of every twenty stores these take their prices from a wholesaler: five in a list of their street's.
_IN_A_FEED: Final = frozenset({3, 7, 8, 14, 17})
_STREET: Final = 20
_AUTHS: Final = (
    (Auth(AuthKind.NONE), 0.5),
    (Auth(AuthKind.HEADER, "X-Api-Key"), 0.3),
    (Auth(AuthKind.QUERY, "api_key"), 0.2),
)
_DESKS: Final = (
    (OrderDesk(), 0.20),
    (OrderDesk(takes_orders=True, idempotent=True, lookup=True), 0.45),
    (OrderDesk(takes_orders=True, idempotent=True), 0.10),
    (OrderDesk(takes_orders=True, lookup=True), 0.15),
    (OrderDesk(takes_orders=True), 0.10),
)
_SALES_TAXES: Final = {"US": (0, 500, 700, 900), "CA": (500,)}  # basis points; elsewhere prices include it
_HAS: Final = 0.6  # each used condition, of the stores that have used books at all
_FREE_SOMETIME: Final = 0.5  # of the stores: they send large orders for nothing
_MOST_A_SECOND: Final = 10
_QUOTAS: Final = (20_000, 50_000, 100_000)  # a day


def found(count: int, seed: str = SEED) -> list[Store]:
    """The first `count` stores."""
    if not FEWEST <= count <= MOST:
        raise ValueError(f"There are between {FEWEST} and {MOST} stores.")
    return [_store(number, seed) for number in range(count)]


def _store(number: int, seed: str) -> Store:
    name, wire_format = name_of(number), _FORMATS[number % len(_FORMATS)]
    feed = f"wholesale-{number // _STREET + 1}" if number % _STREET in _IN_A_FEED else None
    prices = feed or name
    country, currency = weighted(_HOMES, seed, prices, "home")
    html = wire_format is WireFormat.HTML
    return Store(
        seed=seed,
        name=name,
        title=title_of(name),
        country=country,
        currency=currency,
        format=wire_format,
        markup=pick(tuple(Markup), seed, name, "markup") if html else None,
        limits=_limits(seed, name),
        retry_after=pick(tuple(RetryAfter), seed, name, "retry after"),
        auth=Auth(AuthKind.NONE) if html else weighted(_AUTHS, seed, name, "auth"),
        feed=feed,
        prices=_price_list(seed, prices, currency, shared=feed is not None),
        conditions=(Condition.NEW,) if feed else _conditions(seed, name),
        postage=_postage(seed, name, currency),
        sales_tax=pick(_SALES_TAXES.get(country, (0,)), seed, name, "tax"),
        latency=Latency(0.12 * 2 ** normal(seed, name, "latency"), 0.3 + 0.4 * draw(seed, name, "spread")),
        desk=OrderDesk() if html else weighted(_DESKS, seed, name, "desk"),
    )


def _limits(seed: str, name: str) -> tuple[Rule, ...]:
    each_second = Rule(1 + int(draw(seed, name, "rate") * _MOST_A_SECOND), 1)
    second = weighted(((None, 0.6), ("minute", 0.25), ("day", 0.15)), seed, name, "rule")
    if second is None:
        return (each_second,)
    if second == "day":
        return (each_second, Rule(pick(_QUOTAS, seed, name, "quota"), 86_400))
    sustained = 0.5 + 0.3 * draw(seed, name, "sustained")  # of what the first rule would allow a minute
    return (each_second, Rule(int(each_second.calls * 60 * sustained), 60))


def _price_list(seed: str, name: str, currency: str, *, shared: bool) -> PriceList:
    """A wholesaler's prices come as they come: 13.37 at three stores at once is no chance."""
    return PriceList(
        seed=seed,
        name=name,
        currency=currency,
        share=0.35 + 0.6 * draw(seed, name, "share"),
        premium=1.02 * 1.09 ** normal(seed, name, "premium"),
        ending=None if shared else pick((99, 99, 95, 49, 0, None), seed, name, "ending"),
        glitches=0.002 + 0.01 * draw(seed, name, "glitches"),
    )


def _conditions(seed: str, name: str) -> tuple[Condition, ...]:
    used = tuple(condition for condition in USED if draw(seed, name, "has", condition) < _HAS)
    sells: Sequence[tuple[Condition, ...]] = ((Condition.NEW,), (Condition.NEW, *used), used or USED)
    return weighted([(sells[0], 0.4), (sells[1], 0.45), (sells[2], 0.15)], seed, name, "conditions")


def _postage(seed: str, name: str, currency: str) -> Postage:
    flat = local(pick((0, 299, 349, 399, 499, 599), seed, name, "postage"), currency)
    free_from = local(pick((2_500, 3_500, 5_000), seed, name, "free from"), currency)
    return Postage(flat, free_from if draw(seed, name, "free") < _FREE_SOMETIME else None)
