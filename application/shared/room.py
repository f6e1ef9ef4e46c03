"""Where a process keeps things: bounded in number and bytes, and kept is what is asked for again.

This is S3-FIFO (Yang and others, "FIFO queues are all you need for cache eviction", SOSP 2023). Being asked
for costs one small number; only making room moves anything.
"""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Final, Generic, Protocol, TypeVar

NEWCOMERS: Final = 0.1  # of the bytes, for what was asked for once: the paper's share
USES: Final = 3  # more uses than that do not keep it longer


class Lodger(Protocol):
    """What can be kept: it counts its `uses`, and is of no use any more when its keeper's clock is past
    `last`.
    """

    uses: int

    @property
    def last(self) -> float: ...  # noqa: D102 - see above

    @property
    def size(self) -> int:
        """In bytes, about; it stays the same."""
        ...


Guest = TypeVar("Guest", bound=Lodger)


class Room(Generic[Guest]):
    """Newcomers queue apart, and those asked for again move on to the others; who was let go a short while
    ago and comes back is no newcomer.
    """

    def __init__(self, most: int, size: int) -> None:
        """For `most` things of `size` bytes together."""
        self._most, self._size = most, size
        self._all: dict[Hashable, Guest] = {}
        self._newcomers: OrderedDict[Hashable, Guest] = OrderedDict()
        self._regulars: OrderedDict[Hashable, Guest] = OrderedDict()
        self._let_go: OrderedDict[int, bool] = OrderedDict()  # hashes: a mistake costs nothing but a place
        self._filled = self._filled_by_newcomers = 0

    def get(self, question: Hashable) -> Guest | None:
        """What is kept, fresh or not; asking for it counts."""
        kept = self._all.get(question)
        if kept is not None and kept.uses < USES:
            kept.uses += 1
        return kept

    def put(self, question: Hashable, kept: Guest, now: float) -> None:
        """Keep it, in the place of what was kept for this question; what would fill the room alone is not."""
        if kept.size > NEWCOMERS * self._size:
            self.drop(question)
            return
        before = self._all.get(question)
        if before is None:
            newcomer = not self._let_go.pop(hash(question), False)
        else:
            newcomer = question in self._newcomers
            kept.uses = before.uses
            self._account(before, -1, newcomer=newcomer)
        self._account(kept, 1, newcomer=newcomer)
        self._all[question] = kept
        (self._newcomers if newcomer else self._regulars)[question] = kept
        while len(self._all) > self._most or self._filled > self._size:
            self._make_room(now)

    def drop(self, question: Hashable) -> None:
        """It is not kept any more."""
        kept = self._all.pop(question, None)
        if kept is not None:
            newcomer = self._newcomers.pop(question, None) is not None
            self._account(kept, -1, newcomer=newcomer)
            self._regulars.pop(question, None)

    def _make_room(self, now: float) -> None:
        if self._filled_by_newcomers > NEWCOMERS * self._size or not self._regulars:
            self._look_at_newcomer(now)
        else:
            self._look_at_regular(now)

    def _look_at_newcomer(self, now: float) -> None:
        question, kept = next(iter(self._newcomers.items()))
        if kept.uses and now < kept.last:
            del self._newcomers[question]
            self._filled_by_newcomers -= kept.size
            kept.uses = 0
            self._regulars[question] = kept
            return
        self.drop(question)
        self._let_go[hash(question)] = True
        if len(self._let_go) > self._most:
            self._let_go.popitem(last=False)

    def _look_at_regular(self, now: float) -> None:
        question, kept = next(iter(self._regulars.items()))
        if kept.uses and now < kept.last:
            kept.uses -= 1
            self._regulars.move_to_end(question)
            return
        self.drop(question)

    def _account(self, kept: Guest, sign: int, *, newcomer: bool) -> None:
        self._filled += sign * kept.size
        if newcomer:
            self._filled_by_newcomers += sign * kept.size
