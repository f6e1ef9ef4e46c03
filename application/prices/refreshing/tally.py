"""Counting what comes of asking a store to keep its prices fresh."""

from collections import deque
from dataclasses import dataclass, field, replace
from datetime import datetime

from application.prices.refreshing.batch import Batch, Ending
from application.prices.refreshing.pick_books import Picked
from application.prices.refreshing.ports import Wait
from domain.prices.answer import Outcome, Told
from domain.prices.refreshing import is_given_up
from domain.prices.store import Missing

_BREAKER = {Missing.RESTING: "open", Missing.REFUSED: "isolated"}


@dataclass(slots=True)
class Tally:
    """Of one batch: what was counted, the books in hand, and those whose new place is not written yet.
    `answered_at`: when the store answered about any book last, as far as is known.
    """

    batch: Batch
    answered_at: datetime | None = None
    hand: deque[Picked] = field(default_factory=deque)
    done: list[Wait] = field(default_factory=list)
    failed: list[tuple[Picked, Missing, datetime]] = field(default_factory=list)

    def hears(self, picked: Picked, outcome: Outcome | None) -> None:
        """What came of it; None: somebody else is asking right now."""
        if outcome is None:
            self._count("busy")
        elif isinstance(outcome, Told):
            self._count("asked", "answered")
            self.answered_at = outcome.at
            self.batch = replace(self.batch, breaker="closed")
            self.done.append(picked.after(outcome.at))
        else:
            self._misses(picked, outcome.why, outcome.at)

    def settled(self) -> list[Wait]:
        """Where books wait from now on. A failure counts against a book only if the store has answered about
        another since it was asked about this one before: a store that is down has nothing against it.
        """
        for picked, why, at in self.failed:
            counts = self.answered_at is not None and self.answered_at > picked.head.asked_at
            wait = picked.after(at, picked.head.wait.failures + counts)
            if is_given_up(wait.failures):
                wait = replace(wait, given_up=why)
                self._count("given_up")
            self.done.append(wait)
        self.failed = []
        done, self.done = self.done, []
        return done

    def _misses(self, picked: Picked, why: Missing, at: datetime) -> None:
        self.batch = replace(self.batch, breaker=_BREAKER.get(why, self.batch.breaker))
        match why:
            case Missing.RESTING:
                self._count("resting")
                self.hand.appendleft(replace(picked, since=at))
            case Missing.REFUSED:
                self.batch = replace(self.batch, ending=Ending.REFUSED)
            case Missing.BUSY:
                self._count("busy")
            case _:
                self._count("asked", "failed")
                self.failed.append((picked, why, at))

    def _count(self, *what: str) -> None:
        counted = {name: getattr(self.batch, name) + 1 for name in what}
        self.batch = replace(self.batch, **counted)
