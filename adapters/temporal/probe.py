"""Is Temporal there?"""

from datetime import timedelta
from typing import Final

from temporalio.api.workflowservice.v1 import GetSystemInfoRequest

from adapters.temporal.client import TemporalConnection

ANSWER_WITHIN: Final = timedelta(seconds=1)


class TemporalProbe:
    """Asks over the connection that starts processes."""

    def __init__(self, connection: TemporalConnection) -> None:
        self._connection = connection

    async def __call__(self) -> str:
        """The server's version; raises when it does not answer."""
        client = await self._connection.client()
        known = await client.workflow_service.get_system_info(GetSystemInfoRequest(), timeout=ANSWER_WITHIN)
        return f"Temporal {known.server_version}"
