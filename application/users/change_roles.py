"""Who may do what in the shop."""

from application.shared.unit_of_work import UnitOfWork, Work
from domain.shared.clock import Clock
from domain.shared.ids import UserId
from domain.users.email import EmailAddress
from domain.users.principal import NotAllowed, Principal, Role
from domain.users.user import User


class GrantRole:
    """Admins make readers staff or admins; on the shop's own machines (`by` is None) anybody may."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, whom: UserId | EmailAddress, role: Role, by: Principal | None) -> None:
        """Raises `NotAllowed`, `NoSuchUser`. Granting twice changes nothing."""
        if by is not None:
            by.require_admin()
        async with self._unit_of_work() as work:
            user = await _meant(work, whom)
            user.grant(role, by.user_id if by else None, self._clock.now())
            await work.users.save(user)


class RevokeRole:
    """As granting. Nobody takes the role admin from himself: somebody must be left to give it back."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, whom: UserId | EmailAddress, role: Role, by: Principal | None) -> None:
        """Raises `NotAllowed`, `NoSuchUser`. Revoking twice changes nothing."""
        if by is not None:
            by.require_admin()
        async with self._unit_of_work() as work:
            user = await _meant(work, whom)
            if by is not None and by.user_id == user.id and role is Role.ADMIN:
                raise NotAllowed("Another admin has to take the role admin from you.")
            user.revoke(role, by.user_id if by else None, self._clock.now())
            await work.users.save(user)


async def _meant(work: Work, whom: UserId | EmailAddress) -> User:
    return await work.users.find(whom) if isinstance(whom, EmailAddress) else await work.users.get(whom)
