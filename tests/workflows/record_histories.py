"""Record how the present workflows behave: `python -m tests.workflows.record_histories`.

Run it when a workflow's steps change on purpose, after releasing the version that recorded the last ones: the
folder of a released version is never touched again, for processes that began under it may still be running.
"""

import asyncio
import json
import logging
from importlib.metadata import version
from pathlib import Path
from typing import Any

from temporalio.testing import WorkflowEnvironment

from tests.workflows.conftest import World, skipping_time
from tests.workflows.scenarios import SCENARIOS, Scenario

HISTORIES = Path(__file__).parent / "histories"
# Who recorded it, and where the code stood on the recorder's disk, is nobody's business.
ANONYMOUS = {"identity": "recorder", "stackTrace": ""}


async def record(env: WorkflowEnvironment, scenario: Scenario) -> dict[str, Any]:
    """One story from its first event to its last."""
    world = World(env.client, env)
    async with world.worker():
        handle = await scenario(world)
        await handle.result()
        history = await handle.fetch_history()
    return {"id": handle.id, "history": anonymous(json.loads(history.to_json()))}


def anonymous(found: Any) -> Any:  # noqa: ANN401 - any JSON
    """The same without the recorder's traces."""
    if isinstance(found, dict):
        return {key: ANONYMOUS.get(key, anonymous(value)) for key, value in found.items()}
    if isinstance(found, list):
        return [anonymous(each) for each in found]
    return found


async def main() -> None:
    """Every scenario into the folder of the present version."""
    folder = HISTORIES / version("octavo")
    folder.mkdir(parents=True, exist_ok=True)
    logging.disable()  # that steps fail is part of the stories
    async with skipping_time() as env:
        for name, scenario in SCENARIOS.items():
            recorded = await record(env, scenario)
            (folder / f"{name}.json").write_text(json.dumps(recorded, separators=(",", ":")) + "\n")
            print(f"{name}: {len(recorded['history']['events'])} events")  # noqa: T201 - a script's output


if __name__ == "__main__":
    asyncio.run(main())
