"""A store that is asked as the test says, and stories of it that are worth remembering."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from temporalio.client import WorkflowHandle

from application.prices.refreshing.batch import Batch, Ending
from application.prices.refreshing.refresh_store import Shift
from domain.prices.offer import StoreName
from workflows.refresh.contracts import Note, RefreshInput, Standing, workflow_id
from workflows.refresh.workflow import RefreshWorkflow

if TYPE_CHECKING:
    from tests.workflows.conftest import World

STORE = "harbour-books"
ASKED = Batch(asked=30, answered=29, failed=1, a_minute=6.0, lane=15.0, price=0.25, waiting=812, fresh=0.9375)
REFUSED = Batch(ending=Ending.REFUSED, breaker="isolated")
GONE = Batch(ending=Ending.GONE)
Handle = WorkflowHandle[RefreshWorkflow, Any]


@dataclass
class RefreshDesk:
    """Stands in for `RefreshStore`: batches end as they are told to; None goes on until it is stopped."""

    endings: deque[Batch | Exception | None] = field(default_factory=deque)
    readmitted: list[bool] = field(default_factory=list)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)  # a sign of life, and the batch ends in time
    over: asyncio.Event = field(default_factory=asyncio.Event)  # the test is

    def let_go(self) -> None:
        """Nobody waits for its batch any more."""
        self.go_on.set()
        self.over.set()

    async def __call__(self, store: StoreName, shift: Shift, *, readmit: bool) -> Batch:
        self.readmitted.append(readmit)
        ending = self.endings.popleft() if self.endings else GONE
        if isinstance(ending, Exception):
            raise ending
        if ending is not None:
            return ending
        self.begun.set()
        await self.go_on.wait()
        shift.tell(ASKED)
        await asyncio.wait(
            [asyncio.ensure_future(one.wait()) for one in (shift.stop, self.over)],
            return_when=asyncio.FIRST_COMPLETED,
        )
        return Batch(ending=Ending.TOLD, asked=3, answered=3, waiting=812)


async def start(world: "World", *endings: Batch | Exception | None, store: str = STORE) -> Handle:
    """Its process; when the endings are used up, the store is gone."""
    world.desk.endings.extend(endings)
    return await world.client.start_workflow(
        RefreshWorkflow.run, RefreshInput(store), id=workflow_id(store), task_queue=world.queue
    )


async def until_gone(world: "World") -> Handle:
    """Asked, refused, tried again after an hour, gone."""
    return await start(world, ASKED, REFUSED, ASKED)


async def paused_and_resumed(world: "World") -> Handle:
    """In the middle of a batch."""
    handle = await start(world, None, ASKED)
    await world.desk.begun.wait()
    await handle.execute_update(RefreshWorkflow.pause, Note("It moves house."))
    world.desk.go_on.set()
    await state(handle, "paused")
    await handle.execute_update(RefreshWorkflow.resume)
    return handle


async def state(handle: Handle, wanted: str) -> None:
    """Wait for it."""
    await stands(handle, lambda standing: standing.state == wanted)


async def stands(handle: Handle, as_wanted: Callable[[Standing], bool]) -> Standing:
    """As soon as it does."""
    for _ in range(3_000):
        standing: Standing = await handle.query(RefreshWorkflow.standing)
        if as_wanted(standing):
            return standing
        await asyncio.sleep(0.01)
    raise AssertionError(standing)


REFRESHES = (until_gone, paused_and_resumed)
