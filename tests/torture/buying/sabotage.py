"""Rules of buying elsewhere, each broken on its own, by what the steps are given and nowhere else."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

from domain.payments.gateway import (
    ActionRequired,
    AuthorisationRequest,
    Authorised,
    Captured,
    Declined,
    PaymentKey,
    PaymentReference,
    Refused,
)
from domain.purchases.caps import Budget
from domain.purchases.store_orders import (
    Placed,
    Rejected,
    StoreOrder,
    StoreOrderKey,
    StoreOrderOutcomeUnknown,
)
from domain.shared.money import Money
from tests.builders import usd
from tests.workflows.conftest import World

Change = Callable[[World], None]
TOO_MUCH = usd(1_000)


class _Instead:
    """A port, but for one of its methods."""

    def __init__(self, port: Any) -> None:  # noqa: ANN401 - any of them
        self._port = port

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the port has
        return getattr(self._port, name)


class _OrdersAgain(_Instead):
    async def place(self, order: StoreOrder) -> Placed | Rejected:
        try:
            placed: Placed | Rejected = await self._port.place(order)
        except StoreOrderOutcomeUnknown:
            again: Placed | Rejected = await self._port.place(
                replace(order, key=StoreOrderKey(f"{order.key}-again"))
            )
            return again
        return placed


def an_order_without_answer_is_sent_again(world: World) -> None:
    """Under another key, for the store does not know that one."""
    world.shops.orders = _OrdersAgain(world.shops.orders)  # type: ignore[assignment] # but for one method


class _ForgetsKeys(_Instead):
    async def place(self, order: StoreOrder) -> Placed | Rejected:
        placed: Placed | Rejected = await self._port.place(
            replace(order, key=StoreOrderKey(f"{order.key}-{uuid4()}"))
        )
        return placed


def a_new_order_key_each_time(world: World) -> None:
    """Nobody can ask for what was ordered under it."""
    world.shops.orders = _ForgetsKeys(world.shops.orders)  # type: ignore[assignment] # but for one method


class _NeverLetsGo(_Instead):
    async def abandon(self, key: PaymentKey) -> None:
        """Nothing."""


def no_compensation(world: World) -> None:
    """What should let go of the money does nothing."""
    world.gateway = _NeverLetsGo(world.gateway)  # type: ignore[assignment] # but for one method


class _TakesAll(_Instead):
    async def capture(
        self, key: PaymentKey, reference: PaymentReference, amount: Money
    ) -> Captured | Refused:
        taken: Captured | Refused = await self._port.capture(key, reference, amount + usd(500))
        return taken


def the_maximum_is_taken(world: World) -> None:
    """Whatever the store charges."""
    world.gateway = _TakesAll(world.gateway)  # type: ignore[assignment] # but for one method


class _ReservesMore(_Instead):
    async def authorise(self, request: AuthorisationRequest) -> Authorised | Declined | ActionRequired:
        more = replace(request, amount=request.amount + TOO_MUCH)
        answer: Authorised | Declined | ActionRequired = await self._port.authorise(more)
        return answer


def more_than_the_maximum_is_reserved(world: World) -> None:
    """To be on the safe side."""
    world.gateway = _ReservesMore(world.gateway)  # type: ignore[assignment] # but for one method


class _NewKeyEachTry(_Instead):
    async def authorise(self, request: AuthorisationRequest) -> Authorised | Declined | ActionRequired:
        anew = replace(request, key=PaymentKey(f"{request.key}-{uuid4()}"))
        answer: Authorised | Declined | ActionRequired = await self._port.authorise(anew)
        return answer


def a_new_payment_key_each_try(world: World) -> None:
    """Every try at reserving money is a new payment to the provider."""
    world.gateway = _NewKeyEachTry(world.gateway)  # type: ignore[assignment] # but for one method


def caps_that_forget_what_is_on_its_way(world: World) -> None:
    """Each purchase is admitted as if it were the first."""
    purchases = world.work.purchases
    counted = purchases.budget

    def nothing_spent(*of: Any) -> Budget:  # noqa: ANN401 - as the real one's
        return replace(counted(*of), today=usd(0), this_month=usd(0))

    purchases.budget = nothing_spent  # type: ignore[method-assign] # that is the sabotage
