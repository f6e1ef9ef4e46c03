"""Is Typesense there?"""

from adapters.typesense.client import Typesense, answering


class TypesenseProbe:
    """Asks as a search would."""

    def __init__(self, typesense: Typesense) -> None:
        self._client = typesense.reads

    async def __call__(self) -> str:
        """The server's version; raises when it does not answer."""
        with answering():
            told = await self._client.debug.retrieve()
            return f"Typesense {told['version']}"
