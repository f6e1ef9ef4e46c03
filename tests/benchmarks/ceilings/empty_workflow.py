"""A workflow that does nothing."""

from typing import Final

from temporalio import workflow

QUEUE: Final = "empty"


@workflow.defn(name="Empty")
class EmptyWorkflow:
    """Starts and ends: what any process costs on this server."""

    @workflow.run
    async def run(self, number: str) -> str:
        """Return what was given."""
        return number
