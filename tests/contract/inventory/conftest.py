"""A stock room in memory and one in PostgreSQL."""

import pytest

from application.shared.unit_of_work import UnitOfWork
from tests.contract.inventory.stock_room import InMemoryLedger, PostgresLedger, StockRoom
from tests.fakes.work import InMemoryUnitOfWork


@pytest.fixture
def room(unit_of_work: UnitOfWork, request: pytest.FixtureRequest) -> StockRoom:
    if isinstance(unit_of_work, InMemoryUnitOfWork):
        return StockRoom(unit_of_work, InMemoryLedger(unit_of_work.work.inventory))
    return StockRoom(unit_of_work, PostgresLedger(request.getfixturevalue("database")))
