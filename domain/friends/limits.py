"""How many readers one may ask at a time."""

from typing import Final

from domain.friends.errors import TooManyFriendRequests

# A school class and three clubs; who asks more people has not met them.
MOST_UNANSWERED: Final = 100


def demand_room_to_ask(unanswered: int) -> None:
    """`unanswered`: how many have not answered this reader yet. Raises `TooManyFriendRequests`."""
    if unanswered >= MOST_UNANSWERED:
        raise TooManyFriendRequests(MOST_UNANSWERED)
