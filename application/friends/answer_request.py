"""Answer a reader who asks to be one's friend."""

from application.shared.unit_of_work import UnitOfWork
from domain.friends.pair import Pair
from domain.shared.clock import Clock
from domain.shared.ids import UserId


class AcceptFriend:
    """Only the one who was asked accepts; doing so twice is harmless."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, reader: UserId, other: UserId) -> None:
        """Raises `FriendRequestNotFound`, `OneselfMeant`."""
        async with self._unit_of_work() as work:
            friendship = await work.friendships.between(Pair.of(reader, other))
            friendship.accept(reader, self._clock.now())
            await work.friendships.save(friendship)


class DeclineFriend:
    """Only the one who was asked declines. The same reader cannot ask her again for thirty days; she herself
    may ask that reader at any time.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, reader: UserId, other: UserId) -> None:
        """Raises `FriendRequestNotFound`, `OneselfMeant`."""
        async with self._unit_of_work() as work:
            friendship = await work.friendships.between(Pair.of(reader, other))
            friendship.decline(reader, self._clock.now())
            await work.friendships.save(friendship)
