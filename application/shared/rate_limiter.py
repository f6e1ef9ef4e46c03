"""How often one caller may ask."""

import math
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Protocol

from domain.shared.errors import DomainError
from domain.shared.ids import UserId


class TooManyRequests(DomainError):
    """More requests than one caller may make: wait for `retry_after` seconds, then go on more slowly."""

    code = "too_many_requests"

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Too many requests; try again in {retry_after} s.", retry_after=retry_after)


class RateLimiter(Protocol):
    """Answers at once and never fails: whoever shops must not wait for whoever counts."""

    def take(self, caller: str) -> float:
        """Let the caller pass once (0.0), or say in how many seconds to come back."""
        ...

    def sharing(self) -> AbstractAsyncContextManager[None]:
        """While the block runs, all processes of the shop count together."""
        ...


class UnlimitedRate:
    """Lets everybody pass: for a limit of 0, set by whoever limits elsewhere."""

    def take(self, caller: str) -> float:  # noqa: ARG002 - the port's signature
        """Pass."""
        return 0.0

    def sharing(self) -> AbstractAsyncContextManager[None]:
        """There is nothing to share."""
        return nullcontext()


class LimitReader:
    """A signed-in reader has one allowance, from however many addresses it is used."""

    def __init__(self, limiter: RateLimiter) -> None:
        self._limiter = limiter

    def __call__(self, reader: UserId) -> None:
        """Raise `TooManyRequests` when it is used up."""
        wait = self._limiter.take(f"reader:{reader}")
        if wait > 0:
            raise TooManyRequests(math.ceil(wait))
