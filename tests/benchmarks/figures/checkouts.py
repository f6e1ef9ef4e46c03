"""Checkouts as requests: carts ready, one fresh key each."""

import json
from collections.abc import Callable, Sequence
from itertools import count, cycle
from typing import Final
from uuid import UUID

from tests.benchmarks.load.wire import request
from tests.benchmarks.stand.bench import Bench
from tests.benchmarks.stand.people import ADDRESS, Reader, credentials, fill_carts

_BODY: Final = json.dumps(
    {"payment_info": {"method": "card", "token": "tok_ok"}, "shipping_addr": ADDRESS}
).encode()
_MARK: Final = "the-key"
_numbers: Final = count(1)


async def checkouts(
    bench: Bench, readers: Sequence[Reader], book_of: Callable[[int], UUID], *, once: bool = False
) -> Callable[[], bytes | None]:
    """Fills the carts (reader number n buys `book_of(n)`) and returns what makes the next request, reader
    after reader; `once`: until every reader has bought.
    """
    await fill_carts(bench.container, readers, (book_of(number) for number in range(len(readers))))
    halves = [
        request("POST", "/v1/checkout", _BODY, Authorization=authorization, Idempotency_Key=_MARK).split(
            _MARK.encode()
        )
        for authorization in credentials(bench.container, readers)
    ]
    left = iter(halves) if once else cycle(halves)

    def ask() -> bytes | None:
        half = next(left, None)
        return None if half is None else b"%b%d%b" % (half[0], next(_numbers), half[1])

    return ask
