"""Who kills: one part after another, in an order drawn from the seed, faster than anybody would like."""

import asyncio
from dataclasses import dataclass, field
from random import Random

from tests.torture.house import House

# A part and whether one of its children dies instead: an API process, a database connection.
VICTIMS = (
    ("worker", False),
    ("api", False),
    ("relay", False),
    ("temporal", False),
    ("postgres", False),
    ("api", True),
    ("postgres", True),
)


@dataclass
class Nemesis:
    """Everybody's turn comes before anybody's second."""

    house: House
    seed: int
    kills: list[str] = field(default_factory=list)

    async def rage(self, times: int) -> None:
        """Kill so many, a new one often before the last is back."""
        chance = Random(self.seed)
        queue: list[tuple[str, bool]] = []
        while len(self.kills) < times:
            queue = queue or chance.sample(VICTIMS, k=len(VICTIMS))
            part, child = queue.pop()
            if self.house.kill(part, child=child):
                self.kills.append(f"one of {part}" if child else part)
            await asyncio.sleep(chance.uniform(0.8, 4.0))
