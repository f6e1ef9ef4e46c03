"""Which prices are plausible together."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.prices.estimates.confidence import Band, band, confidence
from domain.prices.estimates.consensus import Consensus, Verdict, Witness, judge, reliability
from domain.prices.estimates.spread import weighted_median
from domain.prices.offer import Availability, Condition
from domain.prices.suspicion import ask_again_at, is_cleared
from domain.shared.errors import InvalidInput
from domain.shared.money import Money
from tests.quality.offers import SEEN, offered

cents = st.integers(500, 50_000)


def told(price: int, source: str, reliable: float = 0.95, fresh: float = 1.0, **other: object) -> Witness:
    return Witness(offered(source, price, **other), source, reliable, fresh)


def judged(*prices: int, history: int | None = None) -> Consensus:
    witnesses = [told(price, f"store-{number}") for number, price in enumerate(prices)]
    consensus = judge(witnesses, None if history is None else Money(history, "USD"))
    assert consensus is not None
    return consensus


def verdicts(consensus: Consensus) -> list[str]:
    return [verdict.value for _, verdict in consensus.judged]


def test_one_price_alone_is_neither_supported_nor_suspected() -> None:
    alone = judged(2_000)
    assert verdicts(alone) == ["alone"]
    assert alone.agreeing == 0
    assert alone.best is not None


def test_two_agree_when_they_are_close_and_the_lower_is_suspect_when_it_is_far() -> None:
    assert verdicts(judged(2_000, 2_200)) == ["agrees", "agrees"]
    assert verdicts(judged(2_000, 2_600)) == ["alone", "alone"]
    assert verdicts(judged(2_000, 1_000)) == ["alone", "suspect_low"]


def test_a_half_price_among_three_is_suspect() -> None:
    assert verdicts(judged(2_000, 2_150, 1_000)) == ["agrees", "agrees", "suspect_low"]


def test_the_book_s_own_past_speaks_when_only_one_store_does() -> None:
    assert verdicts(judged(1_000, history=2_000)) == ["suspect_low"]
    assert verdicts(judged(1_900, history=2_000)) == ["agrees"]
    assert judged(1_000, history=2_000).best is None


def test_honest_spread_is_not_suspected_even_when_the_others_are_all_alike() -> None:
    # The deviation of equal prices is nothing, and nothing times three is nothing.
    assert "suspect_low" not in verdicts(judged(2_000, 2_000, 2_000, 2_000, 1_750))
    assert verdicts(judged(2_000, 2_000, 2_000, 2_000, 1_000))[-1] == "suspect_low"


def test_a_bargain_is_suspected_but_kept_to_be_asked_for_again() -> None:
    consensus = judged(2_000, 2_100, 1_950, 2_050, 700)
    assert [suspect.offer.landed.amount for suspect in consensus.suspects] == [700]
    assert consensus.best is not None
    assert consensus.best.offer.landed.amount == 1_950


def test_a_price_far_above_the_others_harms_nobody() -> None:
    consensus = judged(2_000, 2_100, 1_950, 2_050, 20_000)
    assert verdicts(consensus)[-1] == "too_high"
    assert consensus.suspects == []
    assert consensus.usual.amount == pytest.approx(2_050, abs=1)


def test_stores_of_one_feed_are_one_witness() -> None:
    copies = [told(1_000, "feed") for _ in range(6)]
    honest = [told(price, f"store-{price}") for price in (2_000, 2_050, 2_100)]
    consensus = judge([*copies, *honest])
    assert consensus is not None
    assert verdicts(consensus) == ["suspect_low"] * 6 + ["agrees"] * 3
    assert (consensus.agreeing, consensus.sources) == (3, 4)


def test_a_used_copy_is_not_compared_with_new_ones() -> None:
    # mozilla/price-tracker#311: the alert was for a used copy.
    with pytest.raises(InvalidInput):
        judge([told(2_000, "a"), told(800, "b", condition=Condition.GOOD)])
    with pytest.raises(InvalidInput):
        judge([told(2_000, "a")], Money(2_000, "EUR"))


def test_a_price_without_a_copy_is_a_witness_but_nothing_to_buy() -> None:
    # clucraft/PriceGhost#25: price and stock are two observations.
    sold_out = told(1_900, "a", availability=Availability.OUT_OF_STOCK)
    consensus = judge([sold_out, told(2_000, "b"), told(2_050, "c")])
    assert consensus is not None
    assert consensus.agreeing == 3
    assert consensus.best is not None
    assert consensus.best.source == "b"


def test_without_offers_there_is_nothing_to_judge() -> None:
    assert judge([], Money(2_000, "USD")) is None


@given(
    st.lists(cents, min_size=1, max_size=8), st.one_of(st.none(), cents), st.randoms(use_true_random=False)
)
def test_the_order_of_witnesses_changes_no_verdict(
    prices: list[int], history: int | None, shuffle: object
) -> None:
    order = list(range(len(prices)))
    shuffle.shuffle(order)  # type: ignore[attr-defined] # Hypothesis gives a random.Random
    before = verdicts(judged(*prices, history=history))
    after = verdicts(judged(*(prices[place] for place in order), history=history))
    assert after == [before[place] for place in order]


@given(st.lists(cents, min_size=1, max_size=8), st.integers(2, 9))
def test_verdicts_do_not_depend_on_the_currency_s_unit(prices: list[int], times: int) -> None:
    assert verdicts(judged(*prices)) == verdicts(judged(*(price * times for price in prices)))


@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(0.01, 1)), min_size=1, max_size=8))
def test_half_of_the_weight_lies_on_either_side_of_the_median(values: list[tuple[float, float]]) -> None:
    middle, half = weighted_median(values), sum(weight for _, weight in values) / 2
    assert sum(weight for value, weight in values if value < middle) <= half + 1e-9
    assert sum(weight for value, weight in values if value > middle) <= half + 1e-9


def test_two_equal_answers_half_a_minute_apart_clear_a_suspect() -> None:
    first = offered("a", 700)
    later = ask_again_at(first)
    assert later == SEEN + timedelta(seconds=30)
    assert is_cleared(first, offered("a", 700, seen_at=later))
    assert not is_cleared(first, offered("a", 700, seen_at=later - timedelta(seconds=1)))
    assert not is_cleared(first, offered("a", 701, seen_at=later))
    assert not is_cleared(first, None)


def test_the_price_of_another_offer_clears_nothing() -> None:
    # jcardama/csgo-market-sniper#28: one listing's price was reused for the rest.
    first = offered("a", 700)
    later = ask_again_at(first)
    assert not is_cleared(first, offered("a", 700, seen_at=later, offer_id="2"))
    assert not is_cleared(first, offered("a", 700, seen_at=later, seller="another"))
    parts = {"item": Money(600, "USD"), "shipping": Money(100, "USD")}
    assert not is_cleared(first, offered("a", 700, seen_at=later, **parts))


def test_confidence_is_no_more_than_the_age_and_the_store_s_past_allow() -> None:
    best = told(2_000, "a", reliable=0.9, fresh=0.5)
    consensus = judge([best])
    assert consensus is not None
    assert confidence(best, consensus) == pytest.approx(0.45)


@given(st.integers(1_400, 2_000), st.integers(1, 200))
def test_the_further_a_price_lies_below_the_others_the_less_it_is_trusted(price: int, lower: int) -> None:
    others = [told(amount, f"store-{amount}") for amount in (2_000, 2_100, 2_200)]

    def trusted(amount: int) -> float:
        best = told(amount, "best")
        consensus = judge([best, *others], Money(2_050, "USD"))
        assert consensus is not None
        return confidence(best, consensus)

    assert trusted(price - lower) <= trusted(price) + 0.02  # the middle moves a little with it


def test_nothing_with_a_single_witness_is_called_high() -> None:
    assert [band(0.9, 1), band(0.9, 2), band(0.85, 2), band(0.6, 2), band(0.59, 9)] == [
        Band.MEDIUM,
        Band.HIGH,
        Band.HIGH,
        Band.MEDIUM,
        Band.LOW,
    ]


def test_a_source_is_as_reliable_as_it_has_proved() -> None:
    assert reliability(0, 0) == 0.5
    assert reliability(98, 0) == 0.99
    assert reliability(0, 8) == pytest.approx(0.1)


def test_every_verdict_is_reached() -> None:
    reached = {*verdicts(judged(2_000)), *verdicts(judged(2_000, 2_050, 2_100, 2_150, 500, 9_000))}
    assert reached == {verdict.value for verdict in Verdict}
