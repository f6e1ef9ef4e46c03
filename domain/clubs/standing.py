"""Who one is in a club, and what may follow what."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Visibility(StrEnum):
    """A public club is joined, and shows its meetings. A private one is asked, and shows its card alone."""

    PUBLIC = "public"
    PRIVATE = "private"


class ClubRole(StrEnum):
    """What a member may do. There is one owner; hosts arrange meetings and look after the door."""

    OWNER = "owner"
    HOST = "host"
    MEMBER = "member"


class Standing(StrEnum):
    """How a reader stands to a club. Nobody's row goes: bets and meetings of the past still name it."""

    REQUESTED = "requested"
    MEMBER = "member"
    REFUSED = "refused"
    LEFT = "left"
    BARRED = "barred"


# Staying where one is always succeeds, so replays are harmless; only real moves stand in the table.
STANDING_MOVES: Final[Mapping[Standing, frozenset[Standing]]] = {
    Standing.REQUESTED: frozenset({Standing.MEMBER, Standing.REFUSED, Standing.LEFT, Standing.BARRED}),
    Standing.MEMBER: frozenset({Standing.LEFT, Standing.BARRED}),
    Standing.REFUSED: frozenset({Standing.REQUESTED, Standing.MEMBER, Standing.BARRED}),
    Standing.LEFT: frozenset({Standing.REQUESTED, Standing.MEMBER, Standing.BARRED}),
    Standing.BARRED: frozenset({Standing.LEFT}),
}
