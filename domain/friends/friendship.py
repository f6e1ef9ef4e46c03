"""What is between two readers: nothing, a question, or friendship; and who wants to see nothing of whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.friends.errors import (
    BlockedByYou,
    DeclinedLately,
    FriendRequestNotFound,
    FriendRequestWaits,
    ReaderNotFound,
)
from domain.friends.pair import Pair
from domain.shared.ids import UserId

# Long enough that nobody has to decline every evening, short enough that people may change.
DECLINED_FOR: Final = timedelta(days=30)


class Bond(StrEnum):
    """What ties the two. Blocking is another matter: it unties whatever there is, and lasts."""

    APART = "apart"
    ASKED = "asked"
    FRIENDS = "friends"


class Standing(StrEnum):
    """The same as one of the two sees it."""

    FRIENDS = "friends"
    ASKS_YOU = "asks_you"
    ASKED_BY_YOU = "asked_by_you"
    BLOCKED_BY_YOU = "blocked_by_you"


# Staying where one is always succeeds, so repeating is harmless; only real moves stand in the table.
BOND_MOVES: Final[Mapping[Bond, frozenset[Bond]]] = {
    Bond.APART: frozenset({Bond.ASKED}),
    Bond.ASKED: frozenset({Bond.FRIENDS, Bond.APART}),
    Bond.FRIENDS: frozenset({Bond.APART}),
}


@dataclass(kw_only=True, slots=True)
class Friendship:
    """`asked_by` while one has asked; `since` when the bond became what it is; `declined` when whose question
    was declined last; `blocks` who blocks the other, and since when.
    """

    pair: Pair
    bond: Bond = Bond.APART
    asked_by: UserId | None = None
    since: datetime | None = None
    declined: dict[UserId, datetime] = field(default_factory=dict)
    blocks: dict[UserId, datetime] = field(default_factory=dict)

    # -- what it is ----------------------------------------------------------------------------------

    @property
    def is_blank(self) -> bool:
        """Nothing is left to remember."""
        return self.bond is Bond.APART and not self.declined and not self.blocks

    def standing_for(self, reader: UserId) -> Standing | None:
        """How she sees it; None for two who have nothing to do with each other, as far as she may know."""
        if reader in self.blocks:
            return Standing.BLOCKED_BY_YOU
        match self.bond:
            case Bond.FRIENDS:
                return Standing.FRIENDS
            case Bond.ASKED:
                return Standing.ASKED_BY_YOU if self.asked_by == reader else Standing.ASKS_YOU
            case Bond.APART:
                return None

    # -- becoming friends ----------------------------------------------------------------------------

    def ask(self, reader: UserId, at: datetime) -> bool:
        """She asks the other; whoever is asked by the other meanwhile has accepted. True for a new question.

        Raises `ReaderNotFound` where the other blocks her, `BlockedByYou`, `DeclinedLately`.
        """
        other = self.pair.other(reader)
        if reader in self.blocks:
            raise BlockedByYou
        if other in self.blocks:
            raise ReaderNotFound
        if self.bond is Bond.FRIENDS or self.asked_by == reader:
            return False
        if self.asked_by == other:
            self.accept(reader, at)
            return False
        declined_at = self.declined.get(reader)
        if declined_at is not None and at < declined_at + DECLINED_FOR:
            raise DeclinedLately(declined_at + DECLINED_FOR)
        self._move(Bond.ASKED, at, asked_by=reader)
        return True

    def accept(self, reader: UserId, at: datetime) -> None:
        """She says yes to the other; what was declined is forgotten. Raises `FriendRequestNotFound`."""
        if self.bond is Bond.FRIENDS:
            return
        self._demand_question_to(reader)
        self._move(Bond.FRIENDS, at)
        self.declined.clear()

    def decline(self, reader: UserId, at: datetime) -> None:
        """She says no, which the other learns when she asks again. Raises `FriendRequestNotFound`."""
        other = self.pair.other(reader)
        if self.bond is Bond.APART and other in self.declined:
            return
        self._demand_question_to(reader)
        self._move(Bond.APART, at)
        self.declined[other] = at

    def part(self, reader: UserId, at: datetime) -> None:
        """She takes her question back, or is no friend any more. Raises `FriendRequestWaits`."""
        if self.asked_by == self.pair.other(reader):
            raise FriendRequestWaits
        self._move(Bond.APART, at)

    # -- seeing nothing of each other ----------------------------------------------------------------

    def block(self, reader: UserId, at: datetime) -> None:
        """She wants to see and hear nothing of the other; neither will."""
        self._move(Bond.APART, at)
        self.blocks.setdefault(reader, at)

    def unblock(self, reader: UserId) -> None:
        """She may be asked again; what was tied before is not tied anew."""
        self.blocks.pop(reader, None)

    # -- the mechanics -------------------------------------------------------------------------------

    def _demand_question_to(self, reader: UserId) -> None:
        if self.asked_by != self.pair.other(reader):
            raise FriendRequestNotFound

    def _move(self, bond: Bond, at: datetime, asked_by: UserId | None = None) -> None:
        if bond is self.bond:
            return
        assert bond in BOND_MOVES[self.bond], f"{self.bond} to {bond}"  # noqa: S101 - the verbs above ask first
        self.bond, self.asked_by = bond, asked_by
        self.since = None if bond is Bond.APART else at
