"""The one way to Typesense: reads answer soon or not at all, writes have patience; errors are the port's."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from urllib.parse import urlsplit

import httpx
import msgspec
from typesense import AsyncClient
from typesense.exceptions import TypesenseClientError

from adapters.typesense.carrier import AiohttpCarrier
from domain.search.errors import SearchUnavailable

CONNECT_WITHIN: Final = (
    0.5  # seconds; a neighbour takes one millisecond, a dead one none of our readers' time
)
# Seconds. It gives up by itself before (see `reading.py`); so this catches only a server that is stuck.
ANSWER_WITHIN: Final = 0.8
WRITE_WITHIN: Final = 30.0  # seconds; a thousand documents take a tenth of one
TRIES_AGAIN: Final = 2  # writes say what shall be, so saying it again is harmless
PAUSE: Final = 0.5  # seconds before trying again: an answer of 503 means that it is busy
CONNECTIONS: Final = 32  # of one process; the server answers that many in a few milliseconds each
USUAL_PORT: Final = {"http": 80, "https": 443}

LOST: Final = (TypesenseClientError, httpx.HTTPError, msgspec.MsgspecError, ValueError, KeyError)


class Typesense:
    """Two of the official clients, for reads and for writes."""

    def __init__(
        self,
        url: str,
        api_key: str,
        *,
        answer_within: float = ANSWER_WITHIN,
        tries_again: int = TRIES_AGAIN,
    ) -> None:
        self._carriers: list[AiohttpCarrier] = []
        self.reads = self._client(url, api_key, answer_within, tries_again=0)
        self.writes = self._client(url, api_key, WRITE_WITHIN, tries_again=tries_again)

    async def close(self) -> None:
        """Give the connections back."""
        for carrier in self._carriers:
            await carrier.aclose()

    def _client(self, url: str, api_key: str, answer_within: float, *, tries_again: int) -> AsyncClient:
        carrier = AiohttpCarrier(
            connect_within=CONNECT_WITHIN, answer_within=answer_within, connections=CONNECTIONS
        )
        self._carriers.append(carrier)
        parts = urlsplit(url)
        node = f"{parts.scheme}://{parts.hostname}:{parts.port or USUAL_PORT[parts.scheme]}{parts.path}"
        return AsyncClient(
            {
                "nodes": [node],
                "api_key": api_key,
                "num_retries": tries_again,
                "retry_interval_seconds": PAUSE,
            },
            http_client=carrier,
        )


@contextmanager
def answering() -> Iterator[None]:
    """Whatever else it says, or does not say, is `SearchUnavailable`."""
    try:
        yield
    except LOST as lost:
        raise SearchUnavailable("The search engine does not answer as it should.") from lost
