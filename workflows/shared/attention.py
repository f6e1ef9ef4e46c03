"""Parking: what no machine can decide is handed to a person, visibly."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from temporalio import activity

from application.orders.note_on_order import NoteOnOrder
from application.orders.park_order import ParkOrder, ResumeOrder
from domain.shared.ids import OrderId
from domain.shared.timeline import TimelineKind


@dataclass(frozen=True)
class Sentence:
    """Something to write into the story of an order, or of whatever else has a process."""

    order_id: str
    text: str


@dataclass(frozen=True)
class Settlement:
    """An operator did the parked step by hand: `note` says what was done and is kept."""

    note: str


@dataclass(frozen=True)
class Progress:
    """Where a process is, in words; `parked` says what an operator must decide."""

    stage: str
    words: str
    parked: str | None


class AttentionActivities:
    """What a process tells people about itself, through the order."""

    def __init__(
        self, *, park_order: ParkOrder, resume_order: ResumeOrder, note_on_order: NoteOnOrder
    ) -> None:
        self._park_order = park_order
        self._resume_order = resume_order
        self._note_on_order = note_on_order

    @activity.defn(name="hand over to an operator")
    async def park(self, sentence: Sentence) -> None:
        """Show that a person is needed."""
        await self._park_order(OrderId(UUID(sentence.order_id)), sentence.text)

    @activity.defn(name="take back from the operator")
    async def resume(self, sentence: Sentence) -> None:
        """Show what was decided."""
        await self._resume_order(OrderId(UUID(sentence.order_id)), sentence.text)

    @activity.defn(name="tell of a retry")
    async def tell_of_retry(self, sentence: Sentence) -> None:
        """Show that something is tried again."""
        await self._note_on_order(OrderId(UUID(sentence.order_id)), TimelineKind.RETRY, sentence.text)


Telling = Callable[[Any, Sentence], Awaitable[None]]


@dataclass(frozen=True)
class Attention:
    """The steps by which a process tells people about itself, for each kind of thing that has a story."""

    park: Telling
    resume: Telling


OF_ORDERS: Final = Attention(AttentionActivities.park, AttentionActivities.resume)
