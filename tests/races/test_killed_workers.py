"""A worker is killed with SIGKILL in the middle of several steps; another one goes on, and all is well."""

import asyncio
from uuid import UUID

import httpx
import pytest

from application.orders.place_order import OrderRequest
from domain.requests.idempotency import RequestKey
from domain.shared.address import PostalAddress
from domain.shared.ids import UserId
from tests.shop import ADDRESS, Shop, eventually
from tests.world import Sandbox

HANGS_FOR = 2.5  # seconds: longer than it takes to kill the worker, shorter than to start the next one


class Interrupted:
    """Purchases that hang, each in another step."""

    def __init__(self, shop: Shop, effect: str) -> None:
        self._shop = shop
        self._effect = effect
        self._answers: dict[str, asyncio.Task[httpx.Response]] = {}

    async def buy(self, where: Sandbox, operation: str, book: UUID, token: str = "tok_ok") -> None:
        """Until the step is at the provider's (or carrier's)."""
        reader = await self._shop.reader()
        await self._shop.put_in_cart(reader, book)
        await where.misbehave(operation, self._effect, seconds=HANGS_FOR)
        self._answers[operation] = asyncio.create_task(self._shop.checkout(reader, token))
        await eventually(lambda: where.struck(operation))

    async def ended(self) -> dict[str, str]:
        """How each of them ended."""
        answers = {step: (await answer).json()["order_id"] for step, answer in self._answers.items()}
        return {step: (await self._shop.ended(order_id))["status"] for step, order_id in answers.items()}


@pytest.mark.parametrize("effect", ["latency", "slow_answer"])
async def test_steps_of_a_killed_worker_are_taken_again_and_happen_once(shop: Shop, effect: str) -> None:
    """`latency`: killed before the provider did its work; `slow_answer`: after it had."""
    paperback, e_book = shop.shelf.put(copies=5), shop.shelf.put(format="ebook")
    purchases = Interrupted(shop, effect)
    async with shop.working_elsewhere() as worker:
        warm_up = await shop.buy(await shop.reader(), e_book)
        await shop.ended(warm_up.json()["order_id"])
        await purchases.buy(shop.payments, "capture", e_book)
        await purchases.buy(shop.carrier, "book", paperback)
        await purchases.buy(shop.payments, "abandon", paperback, "tok_declined")
        await purchases.buy(shop.payments, "authorise", paperback)
        worker.sweep_up()
    assert await purchases.ended() == {
        "capture": "completed",
        "book": "completed",
        "abandon": "declined",
        "authorise": "completed",
    }
    assert await shop.stock(paperback) == (3, 0)


async def test_an_order_whose_front_door_died_after_the_commit_is_carried_to_its_end(shop: Shop) -> None:
    """Nobody is left to start its process but the relay."""
    reader, book = await shop.reader(), shop.shelf.put(copies=1)
    await shop.put_in_cart(reader, book)
    placed = await shop.container.use_cases.place_order()(
        OrderRequest(
            request=RequestKey(UserId(reader.user_id), "POST /v1/checkout", "one click"),
            fingerprint=b"what was sent",
            address=PostalAddress(**ADDRESS),
            payment_token="tok_ok",
            shipping_method=None,
            coupon=None,
            quote_id=None,
        )
    )
    await shop.until(str(placed.order_id), reader, lambda order: order["status"] == "completed")
    assert await shop.stock(book) == (0, 0)
