"""Friendships and calling cards in memory, proven equal to the real ones by the contract suite."""

from copy import deepcopy

from application.friends.views import Acquaintance, AcquaintancePage, AcquaintanceQuery
from domain.friends.calling_card import CallingCard, CardCode
from domain.friends.errors import ReaderNotFound
from domain.friends.friendship import Friendship
from domain.friends.pair import Pair
from domain.shared.ids import UserId
from tests.fakes.users import InMemoryUsers


class InMemoryCallingCards:
    """The `CallingCards` port."""

    def __init__(self) -> None:
        self.kept: dict[UserId, CallingCard] = {}

    async def of(self, reader: UserId) -> CallingCard | None:
        return deepcopy(self.kept.get(reader))

    async def holder(self, code: CardCode) -> UserId:
        for card in self.kept.values():
            if card.code == code:
                return card.reader
        raise ReaderNotFound

    async def add(self, card: CallingCard) -> bool:
        return self.kept.setdefault(card.reader, deepcopy(card)) == card

    async def save(self, card: CallingCard) -> None:
        self.kept[card.reader] = deepcopy(card)

    def name_of(self, reader: UserId) -> str | None:
        return self.kept[reader].display_name if reader in self.kept else None


class KeptFriendships:
    """What there is, for whoever opens it."""

    def __init__(self) -> None:
        self.kept: dict[Pair, Friendship] = {}


class InMemoryFriendships:
    """The `Friendships` port."""

    def __init__(self, archive: KeptFriendships, users: InMemoryUsers) -> None:
        self._archive = archive
        self._users = users

    async def unanswered(self, reader: UserId) -> int:
        return sum(friendship.asked_by == reader for friendship in self._archive.kept.values())

    async def between(self, pair: Pair) -> Friendship:
        return deepcopy(self._archive.kept.get(pair)) or Friendship(pair=pair)

    async def save(self, friendship: Friendship) -> None:
        self._archive.kept.pop(friendship.pair, None)
        if friendship.is_blank:
            return
        if not {friendship.pair.lesser, friendship.pair.greater} <= self._users.kept.keys():
            raise ReaderNotFound
        self._archive.kept[friendship.pair] = deepcopy(friendship)


class InMemoryFriendViews:
    """The `FriendViews` port. Pages are the real one's concern: here everything is on one."""

    def __init__(self, archive: KeptFriendships, cards: InMemoryCallingCards) -> None:
        self._archive = archive
        self._cards = cards

    async def of(self, query: AcquaintanceQuery) -> AcquaintancePage:
        me = query.reader
        mine = [f for f in self._archive.kept.values() if me in {f.pair.lesser, f.pair.greater}]
        told = (self._told(friendship, me) for friendship in mine)
        found = [one for one in told if one is not None and one.standing is query.standing]
        return AcquaintancePage(sorted(found, key=lambda a: (a.since, a.reader_id), reverse=True), None)

    async def one(self, reader: UserId, other: UserId) -> Acquaintance:
        friendship = self._archive.kept.get(Pair.of(reader, other))
        told = self._told(friendship, reader) if friendship else None
        if told is None:
            raise ReaderNotFound
        return told

    def _told(self, friendship: Friendship, reader: UserId) -> Acquaintance | None:
        standing = friendship.standing_for(reader)
        since = friendship.blocks.get(reader, friendship.since)
        if standing is None or since is None:
            return None
        other = friendship.pair.other(reader)
        return Acquaintance(
            reader_id=other, display_name=self._cards.name_of(other), standing=standing, since=since
        )
