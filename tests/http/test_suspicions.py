"""Prices cheap beyond belief: staff sees them, approves or rejects them, and nobody else does."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from temporalio.client import WorkflowHandle
from temporalio.service import RPCError

from adapters.postgres.database import Database
from adapters.postgres.repositories.price_doubts import PostgresDoubts
from domain.prices.doubt import Doubt
from tests.accounts import register_and_login
from tests.builders import NOON, usd
from tests.price_builders import an_isbn, offer
from tests.shop import PATIENCE, Shop, eventually
from workflows.suspicion.contracts import Word

PATH = "/v1/prices/suspicions"


@pytest.fixture
async def doubts(shop_database: str) -> AsyncIterator[PostgresDoubts]:
    """What comparisons write down."""
    database = Database(shop_database)
    await database.open()
    yield PostgresDoubts(database)
    await database.close()


@pytest.fixture
async def doubted(doubts: PostgresDoubts) -> AsyncIterator[Doubt]:
    made = Doubt(uuid4(), offer(an_isbn(), 204, shipping=1), usd(2_020), NOON)
    await doubts.add([made])
    yield made
    await doubts.forget(NOON.replace(year=NOON.year + 1))


async def test_staff_sees_what_waits_and_what_the_book_usually_costs(
    client: httpx.AsyncClient, staff: dict[str, str], doubted: Doubt
) -> None:
    answer = await client.get(PATH, headers=staff)
    [seen] = [each for each in answer.json()["items"] if each["id"] == str(doubted.id)]
    assert (seen["landed"]["amount"], seen["usual"]["amount"], seen["standing"]) == (205, 2_020, "waiting")
    assert (seen["isbn"], seen["store"]) == (doubted.offer.isbn.value, "harbour-books")


async def test_a_decision_may_be_repeated_and_replaced_and_names_who_made_it(
    client: httpx.AsyncClient, staff: dict[str, str], doubted: Doubt, doubts: PostgresDoubts
) -> None:
    me = UUID((await client.get("/v1/users/profile", headers=staff)).json()["id"])
    for decision, standing in (("approve", "approved"), ("approve", "approved"), ("reject", "rejected")):
        answer = await client.post(f"{PATH}/{doubted.id}/{decision}", headers=staff)
        assert (answer.status_code, answer.json()["standing"]) == (200, standing)
        assert (await doubts.get(doubted.id)).by == me
    waiting = (await client.get(PATH, headers=staff)).json()["items"]
    assert str(doubted.id) not in {each["id"] for each in waiting}


@pytest.mark.parametrize("decision", ["approve", "reject"])
async def test_nobody_but_staff_decides(
    client: httpx.AsyncClient, staff: dict[str, str], doubted: Doubt, doubts: PostgresDoubts, decision: str
) -> None:
    path = f"{PATH}/{doubted.id}/{decision}"
    assert (await client.post(path)).status_code == 401
    refused = await client.post(path, headers=await register_and_login(client))
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert await doubts.get(doubted.id) == doubted
    unknown = await client.post(f"{PATH}/{uuid4()}/{decision}", headers=staff)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "doubt_not_found")


async def test_each_has_a_process_in_which_staff_can_decide_as_well(shop: Shop) -> None:
    doubts, staff = shop.container.adapters.price_doubts(), await shop.staff()
    first, second = (
        Doubt(uuid4(), offer(an_isbn(), 204), usd(2_020), shop.container.adapters.clock().now())
        for _ in range(2)
    )
    await doubts.add([first, second])
    engine = await shop.engine()
    approved, rejected = (engine.get_workflow_handle(f"suspicion-{each.id}") for each in (first, second))
    await eventually(lambda: _has_begun(approved))
    told = await approved.execute_update("approve", Word(str(staff.user_id)))
    assert told["standing"] == "approved"
    assert (await doubts.get(first.id)).by == staff.user_id
    await eventually(lambda: _has_begun(rejected))
    path = f"{PATH}/{second.id}/reject"
    assert (await shop.http.post(path, headers=staff.headers)).status_code == 200
    async with asyncio.timeout(PATIENCE):
        assert [(await each.result())["standing"] for each in (approved, rejected)] == [
            "approved",
            "rejected",
        ]


async def _has_begun(process: WorkflowHandle[Any, Any]) -> bool:
    try:
        await process.describe()
    except RPCError:
        return False
    return True
