"""A reader's allowance."""

from contextlib import AbstractAsyncContextManager, nullcontext
from uuid import UUID

import pytest

from application.shared.rate_limiter import LimitReader, TooManyRequests, UnlimitedRate
from domain.shared.ids import UserId

ADA = UserId(UUID(int=1))


class Waiting:
    """Tells everybody to wait for so long."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.callers: list[str] = []

    def take(self, caller: str) -> float:
        self.callers.append(caller)
        return self.seconds

    def sharing(self) -> AbstractAsyncContextManager[None]:
        return nullcontext()


@pytest.mark.parametrize(("wait", "told"), [(0.01, 1), (1.0, 1), (1.01, 2), (59.2, 60)])
def test_who_asks_too_often_is_told_whole_seconds_that_suffice(wait: float, told: int) -> None:
    with pytest.raises(TooManyRequests) as refused:
        LimitReader(Waiting(wait))(ADA)
    assert refused.value.details == {"retry_after": told}


def test_a_reader_is_counted_as_a_reader() -> None:
    limiter = Waiting(0.0)
    LimitReader(limiter)(ADA)
    assert limiter.callers == [f"reader:{ADA}"]


async def test_no_limit_is_no_limit() -> None:
    limiter = UnlimitedRate()
    async with limiter.sharing():
        assert {limiter.take("anybody") for _ in range(1_000)} == {0.0}
