"""How much one member may say in a while."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from domain.threads.errors import TooManyPosts

WINDOW: Final = timedelta(minutes=10)
# A lively evening: three posts a minute. Whoever says more is heard by nobody.
POSTS_IN_A_WHILE: Final = 30


def demand_room_to_post(lately: Sequence[datetime], now: datetime) -> None:
    """`lately`: when this reader wrote posts within the window. Raises `TooManyPosts`."""
    if len(lately) >= POSTS_IN_A_WHILE:
        makes_room = sorted(lately)[-POSTS_IN_A_WHILE]
        raise TooManyPosts(makes_room + WINDOW - now)
