"""A worker for empty workflows, set in every way as the shop's own. `python -m …` with the shop's"
" settings.
"""

import asyncio
import signal

from temporalio.worker import Worker

from entrypoints.container import Container, opened
from entrypoints.settings import Settings
from entrypoints.worker.main import build_worker
from tests.benchmarks.ceilings.empty_workflow import QUEUE, EmptyWorkflow


async def serve(settings: Settings) -> None:
    """Until told to stop."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with opened(Container(settings=settings)) as container:
        client = await container.adapters.temporal().client()
        config = build_worker(client, container).config()
        config["task_queue"], config["workflows"] = QUEUE, [EmptyWorkflow]
        async with Worker(**config):
            await stop.wait()


if __name__ == "__main__":
    asyncio.run(serve(Settings.load()))
