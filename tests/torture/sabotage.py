"""Four rules of the shop, each broken on its own, by what the container hands out and nowhere else."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

import psycopg
from dependency_injector import providers

from adapters.postgres.repositories.inventory import PostgresInventory
from adapters.postgres.statement import Statement
from adapters.postgres.unit_of_work import PostgresUnitOfWork, PostgresWork
from application.orders.follow_checkout import FollowCheckout
from application.payments.authorise_payment import AuthorisePayment
from domain.payments.gateway import (
    ActionRequired,
    AuthorisationRequest,
    Authorised,
    Declined,
    PaymentGateway,
    PaymentKey,
)
from domain.shared.ids import BookId, OrderId
from entrypoints.container import Container

_TAKE_UNSEEN: Final = Statement("""
WITH told AS (
    INSERT INTO stock_movements (book_id, order_id, kind, on_hand, held, at)
    VALUES (%(book)s, %(order)s, 'hold', 0, %(copies)s, %(at)s)
), held AS (
    INSERT INTO holds (order_id, book_id, quantity, state, expires_at)
    VALUES (%(order)s, %(book)s, %(copies)s, 'held', %(until)s)
)
UPDATE stock SET held = held + %(copies)s WHERE book_id = %(book)s
""")


class _HoldsUnseen(PostgresInventory):
    async def hold(
        self, order_id: OrderId, wanted: Mapping[BookId, int], *, expires_at: datetime, at: datetime
    ) -> None:
        for book, copies in wanted.items():
            await self._connection.run(
                _TAKE_UNSEEN, order=order_id, book=book, copies=copies, until=expires_at, at=at
            )


class _WithUnseenHolds(PostgresUnitOfWork):
    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[PostgresWork]:
        async with super().__call__() as work:
            work.__dict__["inventory"] = _HoldsUnseen(work._connection)  # before the property makes its own
            yield work


def no_stock_predicate(box: Container) -> None:
    """Copies are set aside whether there are any or not, and the table's own guard is gone as well."""
    with psycopg.connect(box.settings().database.url) as connection:
        connection.execute("ALTER TABLE stock DROP CONSTRAINT stock_never_oversold_check")
    adapters = box.adapters
    adapters.unit_of_work.override(
        providers.Singleton(_WithUnseenHolds, adapters.database(), adapters.vault())
    )


class _NewKeyEachTry:
    def __init__(self, gateway: PaymentGateway) -> None:
        self._gateway = gateway

    async def authorise(self, request: AuthorisationRequest) -> Authorised | Declined | ActionRequired:
        key = PaymentKey(f"{request.order_id}-{uuid4()}")
        return await self._gateway.authorise(replace(request, key=key))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the real one has
        return getattr(self._gateway, name)


def random_payment_key(box: Container) -> None:
    """Every try at reserving money is a new payment to the provider."""
    adapters = box.adapters
    adapters.payment_gateway.override(providers.Object(_NewKeyEachTry(adapters.payment_gateway())))


class _NeverCommits(PostgresUnitOfWork):
    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[PostgresWork]:
        async with super().__call__() as work:
            yield work
            raise psycopg.Rollback  # the machine died: what the transaction did was never durable


class _AnswersEverybodyAtOnce(FollowCheckout):
    @property
    def full(self) -> bool:
        return True


def answer_before_commit(box: Container) -> None:
    """The reader hears of the order first; then the machine dies, and the transaction with it."""
    adapters = box.adapters
    adapters.unit_of_work.override(providers.Singleton(_NeverCommits, adapters.database(), adapters.vault()))
    box.use_cases.follow_checkout.override(
        providers.Singleton(
            _AnswersEverybodyAtOnce, adapters.order_processes(), adapters.order_news(), adapters.order_views()
        )
    )


async def _keep_the_money(_order_id: OrderId) -> None:
    return


def no_compensation(box: Container) -> None:
    """What should let go of the payment does nothing."""
    box.use_cases.abandon_payment.override(providers.Object(_keep_the_money))


class _AuthorisesTwice:
    def __init__(self, authorise: AuthorisePayment) -> None:
        self._authorise = authorise

    async def __call__(self, order_id: OrderId) -> Authorised | Declined | ActionRequired:
        await self._authorise(order_id)
        return await self._authorise(order_id)


def a_worker_dies_after_each_authorisation(box: Container) -> None:
    """No sabotage, but what every shop must bear: the step is taken again by another worker."""
    authorise = box.use_cases.authorise_payment()
    box.use_cases.authorise_payment.override(providers.Object(_AuthorisesTwice(authorise)))
