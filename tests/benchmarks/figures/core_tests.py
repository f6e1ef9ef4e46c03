"""How long the core's own tests take: what cannot be run in a breath is not run."""

import re
import sys
import time
from dataclasses import dataclass
from typing import Final

from tests.benchmarks.load.commands import said_by

LONGEST: Final = 5.0  # seconds wanted
_PASSED: Final = re.compile(r"([0-9]+) passed")


@dataclass(frozen=True, slots=True)
class CoreTests:
    """All of tests/unit, without any service."""

    passed: int
    seconds: float

    @property
    def met(self) -> bool:
        """Whether it is fast enough."""
        return self.seconds <= LONGEST


async def core_tests() -> CoreTests:
    """Run them as a developer does."""
    began = time.perf_counter()
    said = await said_by(sys.executable, "-m", "pytest", "tests/unit", "-q", "-p", "no:cacheprovider")
    passed = _PASSED.search(said)
    return CoreTests(int(passed[1]) if passed else 0, time.perf_counter() - began)
