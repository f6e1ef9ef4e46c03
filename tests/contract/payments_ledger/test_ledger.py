"""What every payment ledger and every inbox must do, in memory and in PostgreSQL."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from adapters.postgres.database import Database
from adapters.postgres.repositories.payments import PostgresPaymentLedger
from application.shared.unit_of_work import UnitOfWork
from domain.payments.gateway import PaymentKey
from domain.payments.inbox import PaymentNews
from domain.payments.ledger import PaymentEntry, PaymentOperation, PaymentResult, payment_key
from domain.shared.ids import OrderId
from domain.shared.money import Money

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def entry(order: OrderId, operation: PaymentOperation = PaymentOperation.AUTHORISE) -> PaymentEntry:
    return PaymentEntry(
        order_id=order,
        key=payment_key(order, operation),
        operation=operation,
        result=PaymentResult.SUCCEEDED,
        amount=Money(1299, "KWD"),
        reference="pay_1",
        at=NOW,
    )


async def record(unit_of_work: UnitOfWork, *entries: PaymentEntry) -> None:
    async with unit_of_work() as work:
        for each in entries:
            await work.payments.record(each)


async def of_order(unit_of_work: UnitOfWork, order: OrderId) -> list[PaymentEntry]:
    async with unit_of_work() as work:
        return await work.payments.of_order(order)


@pytest.fixture
def order() -> OrderId:
    return OrderId(uuid4())


async def test_an_entry_comes_back_as_it_was_written(unit_of_work: UnitOfWork, order: OrderId) -> None:
    without_reference = replace(entry(order, PaymentOperation.ABANDON), reference=None)
    await record(unit_of_work, entry(order), without_reference)
    assert await of_order(unit_of_work, order) == [entry(order), without_reference]


async def test_the_same_answer_is_written_once_and_the_first_stays(
    unit_of_work: UnitOfWork, order: OrderId
) -> None:
    again = replace(entry(order), at=NOW + timedelta(minutes=1), amount=Money(1, "KWD"))
    await record(unit_of_work, entry(order), again)
    await record(unit_of_work, again)
    assert await of_order(unit_of_work, order) == [entry(order)]


async def test_a_refusal_and_the_later_success_of_one_key_are_two_entries(
    unit_of_work: UnitOfWork, order: OrderId
) -> None:
    refused = replace(entry(order, PaymentOperation.CAPTURE), result=PaymentResult.REFUSED)
    taken = replace(refused, result=PaymentResult.SUCCEEDED)
    await record(unit_of_work, refused, taken)
    assert await of_order(unit_of_work, order) == [refused, taken]


async def test_equal_refunds_under_two_keys_are_two_entries(unit_of_work: UnitOfWork, order: OrderId) -> None:
    one, two = (
        replace(entry(order, PaymentOperation.REFUND), key=PaymentKey(f"{uuid4()}-1-refund"))
        for _ in range(2)
    )
    await record(unit_of_work, one, two)
    assert await of_order(unit_of_work, order) == [one, two]


async def test_the_ledger_of_an_order_holds_nothing_of_another(
    unit_of_work: UnitOfWork, order: OrderId
) -> None:
    await record(unit_of_work, entry(order), entry(OrderId(uuid4())))
    assert await of_order(unit_of_work, order) == [entry(order)]
    assert await of_order(unit_of_work, OrderId(uuid4())) == []


async def test_of_ten_workers_with_one_answer_one_writes_it(database: Database, order: OrderId) -> None:
    async def write() -> None:
        async with database.transaction() as connection:
            await PostgresPaymentLedger(connection).record(entry(order))

    await asyncio.gather(*(write() for _ in range(10)))
    async with database.transaction() as connection:
        assert await PostgresPaymentLedger(connection).of_order(order) == [entry(order)]


async def test_a_message_is_recognised_when_it_comes_again(unit_of_work: UnitOfWork, order: OrderId) -> None:
    news = PaymentNews("sandbox", f"evt_{uuid4()}", "payment.authorised", order)
    async with unit_of_work() as work:
        assert not await work.payment_inbox.knows(news)
        for _ in range(3):
            await work.payment_inbox.keep(news, NOW)
        assert await work.payment_inbox.knows(news)
        assert await work.payment_inbox.knows(replace(news, type="something else", order_id=None))


async def test_two_providers_may_use_one_event_id(unit_of_work: UnitOfWork) -> None:
    news = PaymentNews("sandbox", f"evt_{uuid4()}", "payment.authorised", None)
    async with unit_of_work() as work:
        await work.payment_inbox.keep(news, NOW)
        assert not await work.payment_inbox.knows(replace(news, provider="stripe"))
