"""How much is remembered of what bookstores ask."""

from dataclasses import dataclass
from typing import Final

from entrypoints.environment import Environment

LONGEST: Final = 120  # months; ten years of prices
LARGEST_ROOM: Final = 4_096  # megabytes


@dataclass(frozen=True, kw_only=True)
class Prices:
    """What is remembered, and for how long."""

    history_months: int  # OCTAVO_PRICE_HISTORY_MONTHS: how long prices are kept, beside the present month
    room: int  # OCTAVO_PRICE_MEMORY_MB: in bytes, what one process may take up with prices


def prices(env: Environment) -> Prices:
    """From the environment."""
    return Prices(
        # Less than four months could not tell a real reduction.
        history_months=env.number("OCTAVO_PRICE_HISTORY_MONTHS", 24, least=4, most=LONGEST),
        room=env.number("OCTAVO_PRICE_MEMORY_MB", 32, least=1, most=LARGEST_ROOM) * 2**20,
    )
