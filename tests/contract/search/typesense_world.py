"""Typesense, with collections under an alias of its own."""

from uuid import uuid4

from adapters.typesense.client import Typesense
from adapters.typesense.engine import TypesenseEngine
from adapters.typesense.index import TypesenseIndex
from application.search.ports import SearchIndex
from entrypoints.stack.places import free_port
from entrypoints.stack.typesense import TypesenseServer
from tests.contract.search.worlds import IndexedWorld


class TypesenseWorld(IndexedWorld):
    """A shop of its own on the server that the run shares."""

    def __init__(self, server: TypesenseServer) -> None:
        self.alias = f"works_{uuid4().hex}"
        self._typesense = Typesense(server.url, server.api_key)
        self._nobody = Typesense(f"http://127.0.0.1:{free_port()}", server.api_key, tries_again=0)
        super().__init__(
            TypesenseIndex(self._typesense, self.alias), TypesenseEngine(self._typesense, self.alias)
        )

    async def lose_everything(self) -> None:
        client = self._typesense.writes
        await client.aliases[self.alias].delete()
        for found in await client.collections.retrieve():
            if found["name"].startswith(self.alias):
                await client.collections[found["name"]].delete()

    def silent(self) -> SearchIndex:
        return TypesenseIndex(self._nobody)

    async def close(self) -> None:
        await self._typesense.close()
        await self._nobody.close()
