"""Being forgotten."""

from dataclasses import replace
from datetime import datetime

from application.shared.unit_of_work import UnitOfWork, Work
from application.users.own_password import OwnPassword
from application.users.throttle import Source, Throttle
from domain.clubs.standing import Visibility
from domain.shared.clock import Clock
from domain.shared.ids import ClubId, UserId, WatchId
from domain.users.email import EmailAddress
from domain.users.password import PasswordHasher
from domain.users.principal import Principal
from domain.users.user import User


class _Erasing:
    """All of it in one transaction, or nothing. Clubs and watches come before the key: whoever has locked one
    of them may wait for the key, to buy.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def _erase(self, user: User) -> None:
        now = self._clock.now()
        user.erase(now)
        async with self._unit_of_work() as work:
            for club_id in await work.belongings.clubs(user.id):
                await _leave(work, club_id, user.id, now)
            for watch_id in await work.belongings.watches(user.id):
                await _end(work, watch_id, now)
            if await work.users.erase(user):
                (await work.belongings.unfinished(user.id)).demand_none()
                await work.sessions.end_all(user.id, now, but=None)
                await work.belongings.let_go(user.id)


class EraseOwnAccount(_Erasing):
    """A reader erases her account with her password, once no order, refund or purchase of hers is under way
    and no club in which others are is hers. She is signed out everywhere, her watches end, her clubs, open
    ballots, friends and calendars let her go, and whatever tells who she was is destroyed; her address is
    free. Her stars, posts without words, points and bets stay under no name: bets are settled as any other.
    """

    def __init__(
        self, unit_of_work: UnitOfWork, passwords: PasswordHasher, throttle: Throttle, clock: Clock
    ) -> None:
        super().__init__(unit_of_work, clock)
        self._own_password = OwnPassword(passwords, throttle)

    async def __call__(self, reader: Principal, password: str, source: Source) -> None:
        """Raises `WrongCredentials`, `TooManyAttempts`, `BusinessUnfinished`, `OwnerStays`."""
        async with self._unit_of_work() as work:
            user = await work.users.get(reader.user_id)
        await self._own_password.prove(user, password, source)
        await self._erase(user)


class EraseAccountOf(_Erasing):
    """The same on the shop's own machines, for a reader who asked by letter."""

    async def __call__(self, email: EmailAddress) -> None:
        """Raises `NoSuchUser`, `BusinessUnfinished`, `OwnerStays`."""
        async with self._unit_of_work() as work:
            user = await work.users.find(email)
        await self._erase(user)


async def _leave(work: Work, club_id: ClubId, reader: UserId, at: datetime) -> None:
    """A club in which nobody else is cannot be handed over: it takes nobody in any more."""
    club = await work.clubs.get(club_id)
    membership = await work.clubs.membership(club_id, reader)
    if membership is None:
        return
    if membership.is_owner and await work.clubs.members(club_id) == 1:
        club.revise(replace(club.facts, visibility=Visibility.PRIVATE), at)
        await work.clubs.save(club)
        await work.clubs.uninvite(club_id)
        return
    membership.leave(at)
    membership.display_name = None
    await work.clubs.keep(membership)
    await work.votes.take_back_all(club_id, reader, at)


async def _end(work: Work, watch_id: WatchId, at: datetime) -> None:
    """One that buys is called off, yet open until its purchase has ended; so is the account."""
    watch = await work.watches.get(watch_id)
    watch.cancel(at)
    await work.watches.save(watch)
