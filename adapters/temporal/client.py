"""The connection to Temporal."""

from temporalio.client import Client
from temporalio.service import RPCError

from application.orders.errors import ProcessesUnavailable


class TemporalConnection:
    """Connects when first used, so that a process can start before Temporal does."""

    def __init__(self, address: str, namespace: str = "default") -> None:
        self._address = address
        self._namespace = namespace
        self._client: Client | None = None

    async def client(self) -> Client:
        """The one client of this process; raises `ProcessesUnavailable`."""
        if self._client is None:
            try:
                self._client = await Client.connect(self._address, namespace=self._namespace)
            except (RPCError, RuntimeError) as error:  # RuntimeError: the bridge could not connect at all
                raise ProcessesUnavailable("The process engine does not answer.") from error
        return self._client
