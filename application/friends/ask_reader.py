"""Ask another reader to be one's friend."""

from dataclasses import dataclass

from application.shared.unit_of_work import UnitOfWork
from domain.friends.calling_card import CardCode
from domain.friends.limits import demand_room_to_ask
from domain.friends.pair import Pair
from domain.shared.clock import Clock
from domain.shared.ids import UserId


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom the code meant, and whether asking changed anything."""

    other: UserId
    changed: bool


class AskReader:
    """A reader asks whoever gave her the code of her calling card. Two who ask each other are friends; who
    has declined is not asked by the same reader again for thirty days; who blocks her cannot be found.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, reader: UserId, code: CardCode) -> Asked:
        """Raises `ReaderNotFound`, `OneselfMeant`, `BlockedByYou`, `DeclinedLately`,
        `TooManyFriendRequests`.
        """
        async with self._unit_of_work() as work:
            unanswered = await work.friendships.unanswered(reader)
            other = await work.calling_cards.holder(code)
            friendship = await work.friendships.between(Pair.of(reader, other))
            before = friendship.bond
            if friendship.ask(reader, self._clock.now()):
                demand_room_to_ask(unanswered)
            await work.friendships.save(friendship)
        return Asked(other, changed=friendship.bond is not before)
