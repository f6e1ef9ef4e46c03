"""Empty workflows, started and awaited as checkouts are."""

import sys
from itertools import count
from typing import Final
from uuid import uuid4

from temporalio.client import Client

from entrypoints.stack.probes import polled
from entrypoints.stack.program import Program
from entrypoints.stack.shop import ROOT
from tests.benchmarks.ceilings.empty_workflow import QUEUE, EmptyWorkflow
from tests.benchmarks.stand.stack import Stack
from workflows.shared.policies import TASK_TIMEOUT

EMPTY: Final = "empty"
_numbers: Final = count(1)


def start_empty_worker(stack: Stack) -> None:
    """As many worker processes as the shop has: one."""
    argv = (sys.executable, "-m", "tests.benchmarks.ceilings.empty_worker")
    program = Program(name=EMPTY, argv=argv, environment=stack.values, directory=ROOT)
    polls = polled(stack.settings.temporal, QUEUE)
    stack.start_beside(program, lambda: polls(stack.running(EMPTY)))


async def run_empty(client: Client) -> None:
    """From start to end."""
    handle = await client.start_workflow(
        EmptyWorkflow.run,
        str(next(_numbers)),
        id=f"empty-{uuid4()}",
        task_queue=QUEUE,
        task_timeout=TASK_TIMEOUT,
    )
    await handle.result()
