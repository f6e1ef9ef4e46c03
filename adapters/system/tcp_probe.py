"""Does somebody listen at an address?"""

import asyncio


class TcpProbe:
    """Opens a connection and closes it: enough for a neighbour whose own client is not ours to ask."""

    def __init__(self, address: str) -> None:
        self._host, _, self._port = address.rpartition(":")

    async def __call__(self) -> str:
        """Say so; raises when nobody listens."""
        _, writer = await asyncio.open_connection(self._host.strip("[]"), int(self._port))
        writer.close()
        await writer.wait_closed()
        return "listening"
