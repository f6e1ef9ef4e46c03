"""Checkouts as requests: carts filled, a fresh key each."""

import json
from collections.abc import Callable, Sequence
from itertools import count
from typing import Final
from uuid import UUID

from tests.benchmarks.load.wire import request
from tests.benchmarks.stand.bench import Bench
from tests.benchmarks.stand.people import ADDRESS, Reader, credentials, fill_carts

_BODY: Final = json.dumps(
    {"payment_info": {"method": "card", "token": "tok_ok"}, "shipping_addr": ADDRESS}
).encode()
_MARK: Final = b"the-key"
_keys: Final = count(1)


class Checkouts:
    """Next requests, reader after reader; each has a key that was never used before."""

    def __init__(self, authorizations: Sequence[str]) -> None:
        self._templates = [
            request("POST", "/v1/checkout", _BODY, Authorization=one, Idempotency_Key=_MARK.decode())
            for one in authorizations
        ]
        self._made = 0

    def again_and_again(self) -> bytes:
        """After the last reader comes the first."""
        template = self._templates[self._made % len(self._templates)]
        self._made += 1
        return template.replace(_MARK, b"key %d" % next(_keys), 1)

    def once(self) -> bytes | None:
        """None when every reader has bought."""
        return self.again_and_again() if self._made < len(self._templates) else None


async def checkouts(bench: Bench, readers: Sequence[Reader], book_of: Callable[[int], UUID]) -> Checkouts:
    """Fills the carts: reader number n buys `book_of(n)`."""
    await fill_carts(bench.container, readers, (book_of(number) for number in range(len(readers))))
    return Checkouts(credentials(bench.container, readers))
