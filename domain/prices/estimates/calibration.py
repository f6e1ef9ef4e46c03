"""Whether what is said to be 90 % sure is right nine times in ten, and how to make it so."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

ROWS: Final = 10  # of a reliability table


class Outcomes(NamedTuple):
    """So many prices had this `score`, and so many of them were found `right`. Scores may be rounded (to a
    hundredth, say) so that a few counts stand for all there ever was.
    """

    score: float
    right: int
    of: int


class Reliability(NamedTuple):
    """A row: what was said on average, what came true, and how often."""

    said: float
    came_true: float
    of: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """From scores to probabilities: the best rising function, a step from each of `scores` on."""

    scores: Sequence[float]
    probabilities: Sequence[float]

    def probability(self, score: float) -> float:
        """What the score is worth; between two steps in a straight line, as a step would be chance."""
        place = bisect_right(self.scores, score)
        if place == 0:
            return self.probabilities[0]
        if place == len(self.scores):
            return self.probabilities[-1]
        left, right = self.scores[place - 1], self.scores[place]
        low, high = self.probabilities[place - 1], self.probabilities[place]
        return low + (high - low) * (score - left) / (right - left)


def fit(outcomes: Iterable[Outcomes]) -> Calibration | None:
    """Isotonic regression by pooling adjacent violators (Ayer and others, 1955): of all rising functions the
    one with the smallest Brier score. None without any outcome.
    """
    at_score: dict[float, _Block] = {}
    for score, right, of in outcomes:
        if of:
            at_score[score] = at_score.get(score, _Block(0.0, 0, 0)).with_(_Block(score * of, right, of))
    blocks: list[_Block] = []
    for score in sorted(at_score):
        blocks.append(at_score[score])
        while len(blocks) > 1 and blocks[-1].rate <= blocks[-2].rate:
            last = blocks.pop()
            blocks[-1] = blocks[-1].with_(last)
    if not blocks:
        return None
    return Calibration([block.scores / block.of for block in blocks], [block.rate for block in blocks])


def brier(outcomes: Iterable[Outcomes]) -> float:
    """The mean squared distance between what was said and what came true (1 or 0): 0 knows everything, 0.25
    is a coin. Brier, 1950.
    """
    squares, total = 0.0, 0
    for said, right, of in outcomes:
        squares += right * (1 - said) ** 2 + (of - right) * said**2
        total += of
    return squares / total if total else 0.0


def reliability(outcomes: Iterable[Outcomes], rows: int = ROWS) -> list[Reliability]:
    """Of probabilities in equal steps from 0 to 1; a row nobody was in is left out."""
    said, right, of = [0.0] * rows, [0] * rows, [0] * rows
    for one in outcomes:
        row = min(int(one.score * rows), rows - 1)
        said[row] += one.score * one.of
        right[row] += one.right
        of[row] += one.of
    return [Reliability(said[row] / of[row], right[row] / of[row], of[row]) for row in range(rows) if of[row]]


class _Block(NamedTuple):
    scores: float
    right: int
    of: int

    @property
    def rate(self) -> float:
        return self.right / self.of

    def with_(self, other: "_Block") -> "_Block":
        return _Block(self.scores + other.scores, self.right + other.right, self.of + other.of)
