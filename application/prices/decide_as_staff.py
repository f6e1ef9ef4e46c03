"""What staff says to a doubted price where no door has asked who they are."""

from uuid import UUID

from application.prices.decide_doubts import ApprovePrice, RejectPrice
from application.shared.unit_of_work import UnitOfWork
from domain.prices.doubt import Standing
from domain.shared.ids import UserId
from domain.users.principal import NotAllowed, Role


class DecideAsStaff:
    """In the process engine people say themselves who they are: they must be staff, and are named beside the
    price as at the shop's own doors.
    """

    def __init__(self, unit_of_work: UnitOfWork, approve: ApprovePrice, reject: RejectPrice) -> None:
        self._unit_of_work = unit_of_work
        self._approve = approve
        self._reject = reject

    async def __call__(self, doubt_id: UUID, by: UserId, *, believed: bool) -> Standing:
        """How it stands from now on. Raises `NotAllowed`, `DoubtNotFound`, and what an unknown reader is."""
        async with self._unit_of_work() as work:
            user = await work.users.get(by)
        if not user.roles & {Role.STAFF, Role.ADMIN}:
            raise NotAllowed("Only staff decides about prices.")
        decide = self._approve if believed else self._reject
        return (await decide(doubt_id, by)).standing
