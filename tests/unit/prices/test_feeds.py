"""Who copies from whom."""

from domain.prices.estimates.feeds import SHARED, SUREST, Pair, compared, sources
from domain.prices.offer import Offer, StoreName
from domain.shared.money import Money
from tests.quality.offers import offered

A, B, C, D = (StoreName(name) for name in "abcd")


def books(*prices: tuple[int, ...]) -> dict[Pair, float]:
    """What is known after comparisons in which stores a, b, c … showed these prices."""
    evidence: dict[Pair, float] = {}
    for shown in prices:
        evidence.update(compared(evidence, [offered("abcdefgh"[n], price) for n, price in enumerate(shown)]))
    return evidence


def test_stores_that_share_uncommon_prices_are_caught_within_a_few_books() -> None:
    odds = books(*((1_000 + n, 1_000 + n, 1_300 + 7 * n, 900 + 3 * n, 1_100 + 11 * n) for n in range(6)))
    assert odds[A, B] >= SHARED
    assert max(odd for pair, odd in odds.items() if pair != (A, B)) < 0


def test_the_publisher_s_price_that_everybody_shows_proves_nothing() -> None:
    assert max(books(*[(1_999,) * 8] * 50).values()) < SHARED


def test_stores_that_part_ways_are_two_again() -> None:
    evidence = books(*((1_000 + n, 1_000 + n, 1_300 + 7 * n, 900 + 3 * n, 700 + n) for n in range(200)))
    assert evidence[A, B] == SUREST
    for n in range(20):
        evidence.update(compared(evidence, [offered("a", 1_000 + n), offered("b", 1_500 + 2 * n)]))
    assert evidence[A, B] < SHARED


def test_two_stores_without_others_beside_them_cannot_be_caught() -> None:
    assert books(*((1_000 + n, 1_000 + n) for n in range(20))) == {(A, B): 0.0}


def test_shipping_of_their_own_does_not_hide_a_common_feed() -> None:
    def shows(store: str, item: int, shipping: int) -> Offer:
        return offered(store, item, shipping=Money(shipping, "USD"))

    evidence: dict[Pair, float] = {}
    for n in range(8):
        others = [shows(store, 1_400 + n * step, 0) for step, store in enumerate("cde", start=2)]
        copies = [shows("a", 1_000 + n, 0), shows("b", 1_000 + n, 399)]
        evidence.update(compared(evidence, [*copies, *others, shows("a", 5_000, 0)]))
    assert evidence[A, B] >= SHARED


def test_declared_and_discovered_feeds_join_into_one_source() -> None:
    found = sources([A, B, C, D], {A: "wholesaler", B: "wholesaler"}, {(B, C): SHARED, (C, D): SHARED - 0.1})
    assert found[A] == found[B] == found[C] != found[D]
    assert sources([A, B], {}, {(A, B): 0.0, (A, C): 99.0}) == {A: A, B: B}
