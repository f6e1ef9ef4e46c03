"""Remembered requests, payment ledger and payment inbox in memory."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.payments.inbox import PaymentNews
from domain.payments.ledger import PaymentEntry
from domain.requests.idempotency import Answer, RememberedRequest, RequestKey
from domain.shared.ids import OrderId


class InMemoryRequests:
    """The `Requests` port."""

    def __init__(self) -> None:
        self._known: dict[RequestKey, RememberedRequest] = {}

    async def remember(
        self,
        key: RequestKey,
        *,
        fingerprint: bytes,
        subject_id: UUID,
        busy_until: datetime,
        at: datetime,
        answer: Answer | None = None,
    ) -> bool:
        if key in self._known:
            return False
        self._known[key] = RememberedRequest(fingerprint, subject_id, busy_until, answer)
        return True

    async def recall(self, key: RequestKey) -> RememberedRequest | None:
        return self._known.get(key)

    async def take_over(self, key: RequestKey, *, busy_until: datetime, at: datetime) -> bool:
        known = self._known.get(key)
        if known is None or known.answer is not None or known.busy_until > at:
            return False
        self._known[key] = replace(known, busy_until=busy_until)
        return True

    async def answer(self, key: RequestKey, answer: Answer) -> Answer:
        known = self._known.get(key)
        if known is None:
            return answer
        self._known[key] = replace(known, answer=known.answer or answer)
        return self._known[key].answer or answer


class InMemoryPaymentLedger:
    """The `PaymentLedger` port."""

    def __init__(self) -> None:
        self.entries: list[PaymentEntry] = []

    async def record(self, entry: PaymentEntry) -> None:
        if not any((known.key, known.result) == (entry.key, entry.result) for known in self.entries):
            self.entries.append(entry)

    async def of_order(self, order_id: OrderId) -> list[PaymentEntry]:
        return [entry for entry in self.entries if entry.order_id == order_id]


class InMemoryPaymentInbox:
    """The `PaymentInbox` port."""

    def __init__(self) -> None:
        self.received: set[tuple[str, str]] = set()

    async def knows(self, news: PaymentNews) -> bool:
        return (news.provider, news.event_id) in self.received

    async def keep(self, news: PaymentNews, at: datetime) -> None:
        self.received.add((news.provider, news.event_id))
