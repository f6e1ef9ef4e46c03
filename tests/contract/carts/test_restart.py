"""A cart outlives the server that keeps it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from adapters.redis.carts import ValkeyCarts
from adapters.redis.client import connect
from domain.carts.identity import guest_cart
from domain.shared.ids import BookId, CartId
from domain.shared.money import Money
from entrypoints.stack.program import Process, launch, wait_until
from entrypoints.stack.valkey import ValkeyServer

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
BOOK = BookId(uuid4())


class Killable:
    """A Valkey of this test's own."""

    def __init__(self, home: Path) -> None:
        self.server = ValkeyServer(home)
        self.log = home / "valkey.log"
        self.process = self._start()

    def kill_and_restart(self) -> None:
        self.process.sweep_up()  # SIGKILL
        self.process = self._start()

    def _start(self) -> Process:
        process = launch(self.server.program(), self.log)
        wait_until(self.server.ready, process, limit=30)
        return process


@pytest.fixture
def valkey(stack_home: Path) -> Iterator[Killable]:
    home = stack_home / f"restart-{uuid4().hex[:8]}"
    home.mkdir()
    killable = Killable(home)
    yield killable
    killable.process.stop()


async def add_copy(carts: ValkeyCarts, cart_id: CartId) -> None:
    await carts.change(cart_id, lambda cart: cart.add(BOOK, 1, Money(999, "USD"), NOW, None))


async def test_a_cart_survives_the_death_of_valkey_and_goes_on(valkey: Killable) -> None:
    client = connect(valkey.server.url)
    carts, mine = ValkeyCarts(client), guest_cart(uuid4())
    await add_copy(carts, mine)
    valkey.kill_and_restart()
    await client.connection_pool.disconnect()
    await add_copy(carts, mine)
    assert (await carts.get(mine)).quantities() == {BOOK: 2}
    await client.aclose()
