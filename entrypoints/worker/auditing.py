"""Compares the search with the catalogue, beside the indexer. One process does, others stand by."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import structlog

from adapters.postgres.leadership import INDEX_AUDITOR, Leadership
from application.search.audit_index import AuditIndex
from domain.shared.errors import DomainError
from entrypoints.container import Container

# Seconds. What an audit mends, something else did wrong, so it need not be soon; and it looks at every work,
# which at a million takes a core for minutes: not at each start, when there is enough to do.
EVERY: Final = 3600.0

_log = structlog.get_logger("octavo.indexer")


class Auditing:
    """Rests, compares, and rests again."""

    def __init__(self, *, audit_index: AuditIndex, leadership: Leadership) -> None:
        self._audit_index = audit_index
        self._leadership = leadership

    async def run(self) -> None:
        """Until it is cancelled, in the middle of an audit if need be: what was mended is."""
        while True:
            await asyncio.sleep(EVERY)
            await self._audit()

    async def _audit(self) -> None:
        try:
            async with self._leadership.bid(INDEX_AUDITOR) as leading:
                report = await self._audit_index() if leading else None
        except DomainError as trouble:
            _log.warning("audit_waits", reason=trouble.code)
            return
        if report and report.drifted:
            _log.warning("index_drifted", works=report.drifted)


@asynccontextmanager
async def auditing_beside(container: Container) -> AsyncIterator[None]:
    """While the block runs, the search is audited: changes are indexed meanwhile as at any time."""
    auditing = Auditing(
        audit_index=container.use_cases.audit_index(),
        leadership=Leadership(container.adapters.database()),
    )
    async with asyncio.TaskGroup() as together:
        comparing = together.create_task(auditing.run())
        yield
        comparing.cancel()
