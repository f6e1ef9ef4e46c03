"""The steps of a watch: each is one use case, with plain values in and out."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final
from uuid import UUID

from temporalio import activity

from application.watches.look_at_watch import CallOffCopy, LookAtWatch
from application.watches.park_watch import ParkWatch, TakeBackWatch
from application.watches.steer_watch import CancelWatch, PauseWatch, ResumeWatch, VetoPurchase
from application.watches.tell_reader import CallWatcher, NoteTold, WriteToWatcher
from domain.shared.ids import UserId, WatchId
from workflows.shared.attention import Attention, Sentence
from workflows.watch.contracts import NextStep, ToTell, Wish

Steering = Callable[[WatchId, UserId | None], Awaitable[object]]


class WatchActivities:
    """Everything a watch does to the world."""

    def __init__(
        self,
        *,
        look_at_watch: LookAtWatch,
        call_off_copy: CallOffCopy,
        write_to_watcher: WriteToWatcher,
        call_watcher: CallWatcher,
        note_told: NoteTold,
        pause_watch: PauseWatch,
        resume_watch: ResumeWatch,
        cancel_watch: CancelWatch,
        veto_purchase: VetoPurchase,
        park_watch: ParkWatch,
        take_back_watch: TakeBackWatch,
    ) -> None:
        self._look_at_watch = look_at_watch
        self._call_off_copy = call_off_copy
        self._write_to_watcher = write_to_watcher
        self._call_watcher = call_watcher
        self._note_told = note_told
        self._wishes: Mapping[str, Steering] = {
            "pause": pause_watch,
            "resume": resume_watch,
            "cancel": cancel_watch,
            "veto": veto_purchase,
        }
        self._park_watch = park_watch
        self._take_back_watch = take_back_watch

    @activity.defn(name="look at the watch")
    async def look(self, watch_id: str) -> NextStep:
        """See what is so, and what follows."""
        step = await self._look_at_watch(_id(watch_id))
        return NextStep(
            then=step.then.value,
            status=step.status,
            words=step.words,
            until=step.until,
            notice=step.notice,
            attempt=step.attempt,
        )

    @activity.defn(name="call off the purchase, if its order was not sent")
    async def call_off(self, watch_id: str) -> bool:
        """The reader has ended the watch. True: the purchase knows; what became of it, a look tells."""
        await self._call_off_copy(_id(watch_id))
        return True

    @activity.defn(name="write to the watcher")
    async def write(self, told: ToTell) -> None:
        """Send a mail, once."""
        await self._write_to_watcher(_id(told.watch_id), told.notice)

    @activity.defn(name="call the watcher's server")
    async def call(self, told: ToTell) -> None:
        """Where one was named."""
        await self._call_watcher(_id(told.watch_id), told.notice)

    @activity.defn(name="write down that the watcher was told")
    async def note_told(self, told: ToTell) -> None:
        """Not again."""
        await self._note_told(_id(told.watch_id), told.notice)

    @activity.defn(name="do as the reader would")
    async def steer(self, wish: Wish) -> None:
        """An operator, on the reader's behalf."""
        await self._wishes[wish.verb](_id(wish.watch_id), None)

    @activity.defn(name="hand the watch over to an operator")
    async def park(self, sentence: Sentence) -> None:
        """Show that a person is needed."""
        await self._park_watch(_id(sentence.order_id), sentence.text)

    @activity.defn(name="take the watch back from the operator")
    async def take_back(self, sentence: Sentence) -> None:
        """Show what was decided."""
        await self._take_back_watch(_id(sentence.order_id), sentence.text)


OF_WATCHES: Final = Attention(WatchActivities.park, WatchActivities.take_back)


def _id(text: str) -> WatchId:
    return WatchId(UUID(text))
