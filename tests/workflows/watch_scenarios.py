"""Stories of watches worth remembering, carried to their end."""

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.watches.status import WatchStatus
from domain.watches.watch import Watch
from tests.watching import buying
from tests.workflows.watch_world import Handle, ended, is_, pays_with, wanting, watching
from workflows.watch.workflow import WatchWorkflow

if TYPE_CHECKING:
    from tests.workflows.conftest import World

HOUR = timedelta(hours=1)


async def told(world: "World") -> Handle:
    """The price came, by mail and to the reader's server; then the latest date."""
    it = await watching(world, wanting(days=2), webhook="https://example.org/prices")
    await it.hear(1_400)
    await it.until(lambda one: one.told and not one.notices)
    return it.handle


async def bought(world: "World") -> Handle:
    """The price came and a copy was bought."""
    it = await watching(world, wanting(buying()))
    await it.hear(1_400)
    await ended(it)
    return it.handle


async def not_vetoed(world: "World") -> Handle:
    """Proposed, waited for a word, bought."""
    it = await watching(world, wanting(buying(veto=HOUR)))
    await it.hear(1_400)
    await ended(it)
    return it.handle


async def vetoed(world: "World") -> Handle:
    """Proposed, refused, paused, resumed and ended by an operator."""
    it = await watching(world, wanting(buying(veto=HOUR)))
    await it.hear(1_400)
    await it.until(lambda one: one.veto_until)
    await it.handle.execute_update(WatchWorkflow.veto)
    await it.handle.execute_update(WatchWorkflow.pause)
    await it.handle.execute_update(WatchWorkflow.resume)
    await it.handle.execute_update(WatchWorkflow.cancel)
    return it.handle


async def called_off(world: "World") -> Handle:
    """Ended while the reader's bank waited: nothing was bought."""
    it = await watching(world, wanting(buying(2)))
    await pays_with(it, "tok_3ds_required")
    await it.hear(1_400)
    await it.until(is_(WatchStatus.BUYING))
    await it.until_a_purchase(lambda one: one.action_url)
    await it.do(Watch.cancel)
    await ended(it)
    return it.handle


WATCHES = (told, bought, not_vetoed, vetoed, called_off)
