"""What clubs need from outside."""

from typing import Protocol

from domain.clubs.club import Club
from domain.clubs.invitation import Invitation
from domain.clubs.membership import Membership
from domain.shared.ids import ClubId, UserId


class Clubs(Protocol):
    """The clubs with their members, in the caller's transaction."""

    async def add(self, club: Club, owner: Membership) -> None:
        """Keep a new one with its owner and events."""
        ...

    async def get(self, club_id: ClubId) -> Club:
        """Load it for a change of itself or of who is in it: whoever else would do that waits. Raises
        `ClubNotFound`.
        """
        ...

    async def read(self, club_id: ClubId) -> Club:
        """Load it as it is, without waiting, for what changes neither; raises `ClubNotFound`."""
        ...

    async def save(self, club: Club) -> None:
        """Keep what changed, with its events; its version grows if anything did. Raises `StaleVersion`."""
        ...

    async def membership(self, club_id: ClubId, reader: UserId) -> Membership | None:
        """How the reader stands to the club, if she ever came to its door."""
        ...

    async def keep(self, *memberships: Membership) -> None:
        """Keep them, new or changed, in this order, with their events."""
        ...

    async def members(self, club_id: ClubId) -> int:
        """How many are in."""
        ...

    async def invitation(self, club_id: ClubId) -> Invitation | None:
        """The one that is out."""
        ...

    async def invite(self, invitation: Invitation) -> None:
        """Put it out in the place of the one before."""
        ...

    async def uninvite(self, club_id: ClubId) -> None:
        """No invitation is out any more."""
        ...


class LinkSecrets(Protocol):
    """Randomness nobody can guess."""

    def link_secret(self) -> str:
        """A new one, fit for an address."""
        ...
