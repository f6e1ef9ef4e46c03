"""Invite by a link."""

from dataclasses import dataclass
from datetime import datetime

from application.clubs.shared import as_host
from application.shared.unit_of_work import UnitOfWork
from domain.clubs.invitation import Invitation
from domain.clubs.ports import LinkSecrets
from domain.shared.clock import Clock
from domain.shared.ids import ClubId, UserId


@dataclass(frozen=True, slots=True)
class InvitationLink:
    """What is told once: only a fingerprint of it is kept."""

    secret: str
    expires_at: datetime


class InviteByLink:
    """The owner and the hosts give out a link that lets in whoever has it, for a fortnight. A new one takes
    the place of the old.
    """

    def __init__(self, unit_of_work: UnitOfWork, secrets: LinkSecrets, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._secrets = secrets
        self._clock = clock

    async def __call__(self, reader: UserId, club_id: ClubId) -> InvitationLink:
        """Raises `ClubNotFound`, `NotAMember`, `NotAHost`."""
        secret = self._secrets.link_secret()
        invitation = Invitation.make(club_id, secret, reader, self._clock.now())
        async with self._unit_of_work() as work:
            await as_host(work, club_id, reader)
            await work.clubs.invite(invitation)
        return InvitationLink(secret, invitation.expires_at)


class WithdrawInvitation:
    """The owner and the hosts take the link back that is out."""

    def __init__(self, unit_of_work: UnitOfWork) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, reader: UserId, club_id: ClubId) -> None:
        """Raises `ClubNotFound`, `NotAMember`, `NotAHost`."""
        async with self._unit_of_work() as work:
            await as_host(work, club_id, reader)
            await work.clubs.uninvite(club_id)
