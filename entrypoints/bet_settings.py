"""Terms of bets."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from entrypoints.environment import Environment

A_DAY: Final = 24 * 60  # minutes: everybody has looked by then
LONGEST: Final = 7 * A_DAY


@dataclass(frozen=True, kw_only=True)
class Bets:
    """Terms of bets on meetings."""

    dispute_window: timedelta  # OCTAVO_DISPUTE_MINUTES: how long a proposed result may be disputed


def bets(env: Environment) -> Bets:
    """From the environment."""
    minutes = env.number("OCTAVO_DISPUTE_MINUTES", A_DAY, least=0, most=LONGEST)
    return Bets(dispute_window=timedelta(minutes=minutes))
