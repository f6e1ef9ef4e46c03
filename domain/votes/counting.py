"""Counting: most approvals first; between works that as many approve, what those prefer who approve them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from domain.shared.ids import WorkId
from domain.votes.vote import Ballot


class Decided(StrEnum):
    """What put a work before those that follow it: `approvals`, the `order` on the ballots, or, where that is
    even as well, that it was `proposed` first.
    """

    APPROVALS = "approvals"
    ORDER = "order"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class Place:
    """`place` counts from 1, none is shared. `decided` is what put it before the next; None for the last."""

    place: int
    work_id: WorkId
    approvals: int
    decided: Decided | None


def count(candidates: Sequence[WorkId], ballots: Sequence[Ballot]) -> list[Place]:
    """All candidates, the winner first. `candidates` are in the order in which they were proposed; the order
    of the ballots is nothing.
    """
    approvals = {work: sum(work in ballot.choices for ballot in ballots) for work in candidates}
    by_approvals = sorted(candidates, key=lambda work: -approvals[work])
    ranked: list[tuple[WorkId, int]] = []
    for _, group in groupby(by_approvals, key=lambda work: approvals[work]):
        tied = list(group)
        duels = {work: _duels(work, tied, ballots) for work in tied}
        ranked += [(work, duels[work]) for work in sorted(tied, key=lambda work: -duels[work])]
    return [
        Place(number, work, approvals[work], _decided(ranked, number, approvals))
        for number, (work, _) in enumerate(ranked, start=1)
    ]


def _decided(
    ranked: Sequence[tuple[WorkId, int]], place: int, approvals: dict[WorkId, int]
) -> Decided | None:
    if place == len(ranked):
        return None
    (work, duels), (follower, fewer) = ranked[place - 1], ranked[place]
    if approvals[work] > approvals[follower]:
        return Decided.APPROVALS
    return Decided.ORDER if duels > fewer else Decided.PROPOSED


def _duels(work: WorkId, tied: Sequence[WorkId], ballots: Sequence[Ballot]) -> int:
    """Won less lost, each against one other of those that are tied (Copeland's count)."""
    margins = (sum(_prefers(ballot, work, other) for ballot in ballots) for other in tied if other != work)
    return sum((margin > 0) - (margin < 0) for margin in margins)


def _prefers(ballot: Ballot, work: WorkId, other: WorkId) -> int:
    """1, 0 or -1. Whatever is approved is preferred to what is not."""
    last = len(ballot.choices)
    place = ballot.choices.index(work) if work in ballot.choices else last
    others = ballot.choices.index(other) if other in ballot.choices else last
    return (place < others) - (place > others)
