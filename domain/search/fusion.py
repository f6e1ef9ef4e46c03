"""Two rankings become one."""

from collections.abc import Hashable, Sequence
from typing import Final, TypeVar

# Cormack, Clarke, Büttcher: "Reciprocal Rank Fusion outperforms Condorcet …", SIGIR 2009.
SMOOTHING: Final = 60
ONE: Final = 10**12  # scores are whole numbers: so fine that no two places share one

T = TypeVar("T", bound=Hashable)


def fuse(*rankings: tuple[int, Sequence[T]]) -> list[T]:
    """Weighted rankings, best first, fused by reciprocal rank. Scores of different engines cannot be
    compared, places can. Ties keep the order of the rankings as given.
    """
    scores: dict[T, int] = {}
    for weight, ranking in rankings:
        for place, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0) + weight * ONE // (SMOOTHING + place)
    return sorted(scores, key=lambda item: -scores[item])
