"""A request that must have its effect once, however often it is sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.shared.errors import DomainError
from domain.shared.ids import UserId


class KeyReused(DomainError):
    """The idempotency key was used for a different request: choose a new one."""

    code = "idempotency_key_reused"


class RequestInProgress(DomainError):
    """The same request is still being worked on: ask again in a moment."""

    code = "request_in_progress"


@dataclass(frozen=True, slots=True)
class RequestKey:
    """Names a request: who sends it, where to, and the key they chose (1 to 255 characters)."""

    user_id: UserId
    route: str
    key: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, byte for byte."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class RememberedRequest:
    """A request seen before: the thing it made, and its answer once there is one."""

    fingerprint: bytes
    subject_id: UUID
    busy_until: datetime
    answer: Answer | None

    def require_same(self, fingerprint: bytes) -> None:
        """The same key with another body is a mistake of the caller."""
        if fingerprint != self.fingerprint:
            raise KeyReused("This Idempotency-Key was used with another body; send a new key.")


class Requests(Protocol):
    """Remembers requests: `remember` in the transaction of their effect, the rest at any time."""

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
        """Take the key, with the answer if it is known. False: somebody else has it (`recall` says who)."""
        ...

    async def recall(self, key: RequestKey) -> RememberedRequest | None:
        """What is known of it."""
        ...

    async def take_over(self, key: RequestKey, *, busy_until: datetime, at: datetime) -> bool:
        """Go on with a request whose first worker died before it answered. False: somebody else does."""
        ...

    async def answer(self, key: RequestKey, answer: Answer) -> Answer:
        """Keep the answer; returns the one that stands (the first ever kept)."""
        ...
