"""The daily reckoning is kept, one row a day."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

from adapters.postgres.database import Database
from adapters.postgres.queries.reconciliations import PostgresReconciliations
from application.purchases.reconcile import Finding, Reconciliation
from domain.shared.ids import PurchaseId
from tests.builders import NOON


async def test_a_day_looked_at_again_is_written_anew_and_the_newest_comes_first(database: Database) -> None:
    kept = PostgresReconciliations(database)
    older = Reconciliation(day=date(2026, 11, 19), at=NOON, purchases=3, asked=2, findings=[])
    newer = replace(
        older, day=date(2026, 11, 20), findings=[Finding(PurchaseId(uuid4()), "is still received")]
    )
    for day in (newer, older, replace(newer, asked=3)):
        await kept.keep(day)
    assert await kept.latest(2) == [replace(newer, asked=3), older]
    assert await kept.latest(1) == [replace(newer, asked=3)]
