"""Chance that always falls alike: a draw is a function of the words it is drawn for."""

from collections.abc import Sequence
from hashlib import blake2b
from statistics import NormalDist
from typing import Final, TypeVar

_STANDARD: Final = NormalDist()
_LEAST: Final = 1e-9  # the inverse of the normal distribution has no value at 0 and 1

T = TypeVar("T")


def draw(*words: object) -> float:
    """Evenly from 0 up to, never reaching, 1."""
    digest = blake2b("\x1f".join(map(str, words)).encode(), digest_size=7)
    return int.from_bytes(digest.digest()) / 256**7


def normal(*words: object) -> float:
    """From the standard normal distribution."""
    return _STANDARD.inv_cdf(min(max(draw(*words), _LEAST), 1 - _LEAST))


def pick(choices: Sequence[T], *words: object) -> T:
    """One of the choices, each as likely."""
    return choices[int(draw(*words) * len(choices))]


def weighted(choices: Sequence[tuple[T, float]], *words: object) -> T:
    """One of the choices, each as likely as its weight beside it says."""
    left = draw(*words) * sum(weight for _, weight in choices)
    for choice, weight in choices:
        left -= weight
        if left < 0:
            return choice
    return choices[-1][0]
