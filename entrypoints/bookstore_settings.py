"""Where the stand-in bookstores are, and how many."""

from dataclasses import dataclass, field
from typing import Final

from entrypoints.environment import Environment

MOST_STORES: Final = 200


@dataclass(frozen=True, kw_only=True)
class Bookstores:
    """The stand-in for all bookstores."""

    url: str  # OCTAVO_BOOKSTORES_URL
    api_key: str = field(repr=False)  # OCTAVO_BOOKSTORES_API_KEY: its control, and stores that want a key
    count: int  # OCTAVO_BOOKSTORES_COUNT


def bookstores(env: Environment) -> Bookstores:
    """From the environment."""
    return Bookstores(
        url=env.url("OCTAVO_BOOKSTORES_URL", "http://127.0.0.1:8104", "http", "https"),
        api_key=env.secret("OCTAVO_BOOKSTORES_API_KEY"),
        count=env.number("OCTAVO_BOOKSTORES_COUNT", 60, least=1, most=MOST_STORES),
    )
