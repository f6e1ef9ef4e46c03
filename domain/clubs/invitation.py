"""An invitation: whoever has the link is let in."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Self

from domain.clubs.errors import InvitationNotGood
from domain.shared.ids import ClubId, UserId

GOOD_FOR: Final = timedelta(
    days=14
)  # until the next meeting, mostly; a link on a notice board does not stay for ever


def fingerprint(secret: str) -> bytes:
    """What is kept of a link's secret: it is random enough for a plain hash."""
    return hashlib.sha256(secret.encode()).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A club has one at a time: a new one takes the place of the old."""

    club_id: ClubId
    fingerprint: bytes
    made_by: UserId
    expires_at: datetime

    @classmethod
    def make(cls, club_id: ClubId, secret: str, by: UserId, at: datetime) -> Self:
        """Good for a fortnight."""
        return cls(club_id=club_id, fingerprint=fingerprint(secret), made_by=by, expires_at=at + GOOD_FOR)

    def demand_good(self, secret: str, at: datetime) -> None:
        """Raise `InvitationNotGood` for another secret, or too late."""
        if self.fingerprint != fingerprint(secret) or at >= self.expires_at:
            raise InvitationNotGood
