"""The daily reckoning is kept, one row a day."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from adapters.postgres.queries.reconciliations import PostgresReconciliations
from application.purchases.reconcile import Finding, Reconciliation, Reconciliations
from domain.shared.ids import PurchaseId
from tests.builders import NOON
from tests.fakes.reconciliations import InMemoryReconciliations


@pytest.fixture(params=["memory", "postgres"])
def kept(request: pytest.FixtureRequest) -> Reconciliations:
    if request.param == "memory":
        return InMemoryReconciliations()
    return PostgresReconciliations(request.getfixturevalue("database"))


async def test_a_day_looked_at_again_is_written_anew_and_the_newest_comes_first(
    kept: Reconciliations,
) -> None:
    older = Reconciliation(day=date(2026, 11, 19), at=NOON, purchases=3, asked=2, findings=[])
    newer = replace(
        older, day=date(2026, 11, 20), findings=[Finding(PurchaseId(uuid4()), "is still received")]
    )
    for day in (newer, older, replace(newer, asked=3)):
        await kept.keep(day)
    assert await kept.latest(2) == [replace(newer, asked=3), older]
    assert await kept.latest(1) == [replace(newer, asked=3)]
