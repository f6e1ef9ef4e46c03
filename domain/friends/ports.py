"""What friends need from outside."""

from typing import Protocol

from domain.friends.calling_card import CallingCard, CardCode
from domain.friends.friendship import Friendship
from domain.friends.pair import Pair
from domain.shared.ids import UserId


class Friendships(Protocol):
    """What is between readers, in the caller's transaction."""

    async def unanswered(self, reader: UserId) -> int:
        """How many readers have not answered this one yet. Until the transaction ends she asks nobody else,
        so that a limit is a limit. Call it before `between`.
        """
        ...

    async def between(self, pair: Pair) -> Friendship:
        """What is between the two, for a change: nobody else changes it until the transaction ends."""
        ...

    async def save(self, friendship: Friendship) -> None:
        """Keep it, as `between` gave it; raises `ReaderNotFound` where one of them never had an account."""
        ...


class CallingCards(Protocol):
    """Readers' calling cards, in the caller's transaction."""

    async def of(self, reader: UserId) -> CallingCard | None:
        """Her card, for a change; None as long as she has none."""
        ...

    async def holder(self, code: CardCode) -> UserId:
        """Whose card has this code now; raises `ReaderNotFound`, also where her account was erased."""
        ...

    async def add(self, card: CallingCard) -> bool:
        """Keep a new one; False where she has one already."""
        ...

    async def save(self, card: CallingCard) -> None:
        """Keep what changed."""
        ...


class CardCodes(Protocol):
    """Where codes come from."""

    def new(self) -> CardCode:
        """One that nobody can guess."""
        ...
