"""How often a price changes, from checks that only tell whether it did since the one before."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# Stores change how they price. What is older than the last so many changes is forgotten.
MOST_CHANGES: Final = 50.0
MOST_BELIEVED: Final = 10.0  # changes that a prior stands for: a book may be unlike all others of its kind
_HALVINGS: Final = 60  # of the range in which a rate is sought: to the precision of a float


@dataclass(frozen=True, slots=True)
class ChangeRate:
    """A belief about a rate of change: as if `changes` had been seen in `seconds` of looking all the time
    (the shape and rate of a Gamma distribution). Evidence of one book and the prior of its kind are both of
    this form, and add up.
    """

    changes: float = 0.0
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """The mean of what is believed."""
        return self.changes / self.seconds

    def __add__(self, other: "ChangeRate") -> "ChangeRate":
        return ChangeRate(self.changes + other.changes, self.seconds + other.seconds)


def learnt(evidence: ChangeRate, prior: ChangeRate, *, interval: float, changed: bool) -> ChangeRate:
    """The evidence after one more check, `interval` seconds after the one before. Two numbers hold it all: an
    unchanged price is exactly so many more seconds without a change; a changed one (once, or often) counts as
    the Gamma distribution of the same mean and variance, from one whole change after a short interval to
    nothing at all after one so long that a change was certain.
    """
    if interval <= 0:
        return evidence
    if not changed:
        return _at_most(MOST_CHANGES, evidence + ChangeRate(0.0, interval))
    belief = evidence + prior
    # With w(k) = 1 - (seconds / (seconds + interval)) ^ (changes + k), the moments of
    # Gamma(changes, seconds) * (1 - exp(-rate * interval)) are ratios of them.
    log = math.log1p(interval / belief.seconds)
    w0, w1, w2 = (-math.expm1(-(belief.changes + k) * log) for k in range(3))
    mean = belief.changes / belief.seconds * w1 / w0
    spread = (belief.changes + 1) / belief.seconds * w2 / w1 - mean  # variance / mean
    seconds = 1 / spread
    gained = ChangeRate(
        min(max(mean * seconds - belief.changes, 0.0), 1.0),  # what rounding leaves beyond is not evidence
        min(max(seconds - belief.seconds, 0.0), interval),
    )
    return _at_most(MOST_CHANGES, evidence + gained)


def prior_of(books: Sequence[ChangeRate], rounds: int = 20) -> ChangeRate:
    """What to believe of a book before its first check, from the evidence of others of its store and decile
    of popularity: the Gamma distribution whose mean and variance are theirs (the variance of their means and
    the mean of their variances together), found by `rounds` of believing and looking again.
    """
    seen = [book for book in books if book.seconds > 0]
    if not seen:
        return UNKNOWN
    changes, seconds = sum(book.changes for book in seen), sum(book.seconds for book in seen)
    prior = ChangeRate(1.0, (seconds + UNKNOWN.seconds) / (changes + UNKNOWN.changes))
    for _ in range(rounds):
        beliefs = [book + prior for book in seen]
        mean = sum(belief.per_second for belief in beliefs) / len(beliefs)
        variance = sum(
            (belief.per_second - mean) ** 2 + belief.changes / belief.seconds**2 for belief in beliefs
        ) / len(beliefs)
        prior = _at_most(MOST_BELIEVED, ChangeRate(mean**2 / variance, mean / variance))
    return prior


# Of a store about which nothing is known: a change in three days, and little weight on it.
UNKNOWN: Final = ChangeRate(0.5, 0.5 * 3 * 86_400)


def from_equal_checks(checks: int, changes: int, interval: float) -> float:
    """The rate from checks that are `interval` seconds apart. Counting changes alone misses those that hide
    behind one another; Cho and Garcia-Molina, "Estimating Frequency of Change", 2003, without bias and finite
    even when every check saw a change.
    """
    return -math.log((checks - changes + 0.5) / (checks + 0.5)) / interval


def from_checks(changed: Sequence[float], unchanged: Sequence[float]) -> float:
    """The rate from checks of any spacing: the intervals, in seconds, at whose end the price was another or
    the same. Maximum likelihood, with half an unchanged interval of mean length on top: which is
    `from_equal_checks` when all are equal.
    """
    if not changed:
        return 0.0
    intervals = [*changed, *unchanged]
    quiet = sum(unchanged) + sum(intervals) / len(intervals) / 2
    low, high = len(changed) / (quiet + sum(changed)), len(changed) / quiet
    for _ in range(_HALVINGS):
        rate = (low + high) / 2
        if sum(i / math.expm1(min(rate * i, 700.0)) for i in changed) > quiet:  # exp overflows above 709
            low = rate
        else:
            high = rate
    return (low + high) / 2


def _at_most(changes: float, of: ChangeRate) -> ChangeRate:
    """The same rate with no more weight than that."""
    if of.changes <= changes:
        return of
    return ChangeRate(changes, of.seconds * changes / of.changes)
