"""An operator ends a process by force: its order is carried on all the same."""

import pytest

from domain.shared.ids import OrderId
from tests.shop import Shop

pytestmark = [pytest.mark.torture, pytest.mark.timeout(60)]


async def test_a_process_ended_by_force_begins_anew_and_charges_once(shop: Shop) -> None:
    reader, book = await shop.reader(), shop.shelf.put(format="ebook")
    await shop.stop_working()
    placed = (await shop.buy(reader, book)).json()
    await (await shop.engine()).get_workflow_handle(f"order-{placed['order_id']}").terminate()
    await shop.start_working()
    # As housekeeping does with every order that stays open.
    await shop.container.adapters.order_processes().start_checkout(OrderId(placed["order_id"]))
    assert (await shop.ended(placed["order_id"]))["status"] == "completed"
    money = await shop.payments.money(placed["order_id"])
    assert money["authorise"] == money["capture"] == placed["total"]["amount"]
