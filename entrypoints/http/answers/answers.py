"""Answers kept ready as bytes: most visitors ask what somebody asked a moment ago."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

import structlog

from application.shared.answers import Answer, Life, SharedAnswers
from application.shared.changes import Changes
from application.shared.measurements import Measurements
from application.shared.unavailable import CacheUnavailable
from domain.shared.errors import DomainError
from entrypoints.http.answers.asking import EARLY, Ask, Asking, Found
from entrypoints.http.answers.background import Background
from entrypoints.http.answers.kept import Kept, room_for_answers
from entrypoints.http.errors import UNAVAILABLE
from entrypoints.http.statuses import STATUS

LAYER: Final = "process"
# Seconds. While asking fails it is tried that often, and visitors are not made to wait for it until the last
# failure is that long ago.
AGAIN_AFTER: Final = 1.0
LEFT_ALONE: Final = 10.0
# Seconds a visitor waits for anything then, if there is an old answer: long enough for a store that is well.
BRIEFLY: Final = 0.25
Question = tuple[str, bytes]  # a path, and what is asked there

_log = structlog.get_logger("octavo.answers")


class Answers:
    """Asks once however many wait for the same thing, remembers the answer while it is fresh, has it renewed
    before that is over, and gives the last one when asking fails. What is known to have changed is not given.
    """

    def __init__(
        self,
        measurements: Measurements,
        shared: SharedAnswers,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._measurements = measurements
        self._shared = shared
        self._clock = clock
        self._room = room_for_answers()
        self._changes = Changes()
        self._background = Background()
        self._asking = Asking(measurements, shared, self._changes, self._background, clock)
        self._asked: dict[Question, asyncio.Task[Found]] = {}
        self._trouble = float("-inf")  # until then, after a failure of whatever was asked

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """While the block runs, what is forgotten elsewhere is forgotten here."""
        async with self._shared.listening(self._changes.note):
            yield
            await self._background.settle()

    def ready(self, question: Question) -> Answer | None:
        """The answer if it is there and fresh: nobody has to be asked."""
        kept = self._room.get(question)
        if kept is None or (kept.true_at != self._changes.moment and self._true(question) is None):
            return None
        if self._clock() >= kept.due:
            # One visitor goes the long way and has it renewed; the others need not.
            kept.due = max(kept.until, kept.failing)
            return None
        self._measurements.cache_hit(LAYER)
        if kept.failing:
            self._measurements.cache_helped("stale")
        return kept.answer

    async def get(
        self, question: Question, ask: Ask, *, life: Life, anew: bool = False, meaning: bytes | None = None
    ) -> Answer:
        """The answer as fresh as its `life` says, or `anew`. Questions at one path with the same `meaning`
        have the same answer in all processes; without one each stands for itself. Errors are not remembered.
        """
        asking = _Asked(question, _name(question, meaning), ask, life)
        if anew:
            self._measurements.cache_missed(LAYER)
            return self._keep(asking, await self._asking.anew(asking.name, ask, life)).answer
        now, kept = self._clock(), self._true(question)
        if kept is not None and now < max(kept.until, kept.failing):
            self._measurements.cache_hit(LAYER)
            if now >= kept.early and question not in self._asked:
                self._measurements.cache_helped("stale" if kept.failing else "early")
                self._background.watch(self._start(asking))
            return kept.answer
        self._measurements.cache_missed(LAYER)
        spare = kept if kept is not None and now < min(kept.last, self._trouble) else None
        return await self._together(asking, spare)

    async def changed(self, *tags: str) -> None:
        """These were changed here: from now on nobody is given what was said of them before. Best effort for
        other processes; the event of the change does it again.
        """
        self._changes.note(tags)
        try:
            await self._shared.forget(tags)
        except CacheUnavailable as lost:
            _log.info("change_not_told", reason=lost.code)

    async def _together(self, asking: "_Asked", spare: Kept | None) -> Answer:
        """With everybody else who wants to know; `spare` is given if that takes long."""
        heard = self._changes.moment
        while True:
            task = self._asked.get(asking.question)
            if task is not None:
                self._measurements.cache_helped("coalesced")
            task = task or self._start(asking)
            if spare is not None:
                await asyncio.wait([task], timeout=BRIEFLY)
                if not task.done() and self._true(asking.question) is spare:
                    return self._lean_on(spare).answer
            found = await asyncio.shield(task)
            # Who came after a change is not content with what was asked before it.
            if not self._changes.touched(found.answer.tags, found.true_at, until=heard):
                return found.answer

    def _start(self, asking: "_Asked") -> asyncio.Task[Found]:
        task = self._asked[asking.question] = asyncio.create_task(self._answer(asking))
        task.add_done_callback(_seen)
        return task

    async def _answer(self, asking: "_Asked") -> Found:
        question = asking.question
        try:
            found = await self._asking(asking.name, asking.ask, asking.life, self._at_hand(question))
        except DomainError as error:
            return self._instead(question, error)
        else:
            return self._keep(asking, found)
        finally:
            del self._asked[question]

    def _instead(self, question: Question, error: DomainError) -> Found:
        """The last answer, if asking failed and might have brought the same."""
        kept, now = self._true(question), self._clock()
        if STATUS[error.code] != UNAVAILABLE:
            self._room.drop(question)  # an answer as well: what was there is not there any more
            raise error
        self._trouble = now + LEFT_ALONE
        if kept is None or now >= kept.last:
            raise error
        self._lean_on(kept)
        return Found(kept.answer, now - kept.asked, kept.true_at)

    def _lean_on(self, kept: Kept) -> Kept:
        self._measurements.cache_helped("stale")
        kept.due = kept.early = self._clock() + AGAIN_AFTER
        kept.failing = min(self._clock() + LEFT_ALONE, kept.last)
        return kept

    def _at_hand(self, question: Question) -> Found | None:
        kept = self._true(question)
        return Found(kept.answer, self._clock() - kept.asked, kept.true_at) if kept else None

    def _true(self, question: Question) -> Kept | None:
        """What is kept, unless something that it speaks of has changed."""
        kept = self._room.get(question)
        if kept is None or kept.true_at == self._changes.moment:
            return kept
        if self._changes.touched(kept.answer.tags, kept.true_at):
            self._room.drop(question)
            return None
        kept.true_at = self._changes.moment
        return kept

    def _keep(self, asking: "_Asked", found: Found) -> Found:
        """Keep it, unless a newer one is here: another process may have told what it knew before, and a
        visitor who would not wait may have asked later.
        """
        there = self._at_hand(asking.question)
        if there is not None and there.age < found.age:
            found = there
        if self._changes.touched(found.answer.tags, found.true_at):
            return found  # asked for before a change: good for who waited then, and for nobody else
        now, life = self._clock(), asking.life
        asked, until = now - found.age, now + life.fresh
        kept = Kept(
            found.answer,
            asked=asked,
            early=now + life.fresh * random.uniform(*EARLY),
            until=until,
            last=max(until, asked + life.stale),
            true_at=found.true_at,
        )
        self._room.put(asking.question, kept, now)
        return found


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a visitor wants, and how it is found out."""

    question: Question
    name: bytes
    ask: Ask
    life: Life


def _name(question: Question, meaning: bytes | None) -> bytes:
    return b"%s?%s" % (question[0].encode(), question[1] if meaning is None else meaning)


def _seen(task: asyncio.Task[Found]) -> None:
    """Everybody who waited may have left; that is no mistake worth a line in the log."""
    if not task.cancelled():
        task.exception()
