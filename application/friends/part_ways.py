"""Have less to do with another reader, or nothing."""

from application.shared.unit_of_work import UnitOfWork
from domain.friends.pair import Pair
from domain.shared.clock import Clock
from domain.shared.ids import UserId


class EndFriendship:
    """A reader is somebody's friend no more, or takes back her question; the other is not told."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, reader: UserId, other: UserId) -> None:
        """Raises `FriendRequestWaits`, `OneselfMeant`."""
        async with self._unit_of_work() as work:
            friendship = await work.friendships.between(Pair.of(reader, other))
            friendship.part(reader, self._clock.now())
            await work.friendships.save(friendship)


class BlockReader:
    """A reader wants to see and hear nothing of another: what was between them ends, neither finds the other
    any more, and the other is not told.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, reader: UserId, other: UserId) -> None:
        """Raises `ReaderNotFound` where there never was such an account, `OneselfMeant`."""
        async with self._unit_of_work() as work:
            friendship = await work.friendships.between(Pair.of(reader, other))
            friendship.block(reader, self._clock.now())
            await work.friendships.save(friendship)


class UnblockReader:
    """A reader lets another find her again. Whatever ended with the block stays ended."""

    def __init__(self, unit_of_work: UnitOfWork) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, reader: UserId, other: UserId) -> None:
        """Without a block nothing changes. Raises `OneselfMeant`."""
        async with self._unit_of_work() as work:
            friendship = await work.friendships.between(Pair.of(reader, other))
            friendship.unblock(reader)
            await work.friendships.save(friendship)
