"""A membership: how one reader stands to one club, from the first question to long after the farewell."""

from dataclasses import dataclass
from datetime import datetime

from domain.clubs.errors import MemberNotFound, OwnerStays
from domain.clubs.events import ClubJoined, ClubLeft, ClubRoleGiven, MembershipRequested
from domain.clubs.standing import STANDING_MOVES, ClubRole, Standing
from domain.shared.events import Aggregate
from domain.shared.ids import ClubId, UserId


@dataclass(kw_only=True, slots=True)
class Membership(Aggregate):
    """`since`: when it came to its standing; `joined_at` and `left_at`: when the reader last came and went.
    `display_name` is what she wants to be called here.
    """

    club_id: ClubId
    reader: UserId
    standing: Standing
    since: datetime
    role: ClubRole = ClubRole.MEMBER
    display_name: str | None = None
    joined_at: datetime | None = None
    left_at: datetime | None = None

    @property
    def is_member(self) -> bool:
        """In the club, in whatever role."""
        return self.standing is Standing.MEMBER

    @property
    def is_host(self) -> bool:
        """The owner, or one of those she appointed."""
        return self.is_member and self.role is not ClubRole.MEMBER

    @property
    def is_owner(self) -> bool:
        """The one who can hand the club over."""
        return self.is_member and self.role is ClubRole.OWNER

    def ask(self, at: datetime) -> None:
        """Ask to be let in."""
        if self._move(Standing.REQUESTED, at):
            self._record(MembershipRequested(aggregate_id=self.club_id, occurred_at=at, user_id=self.reader))

    def join(self, at: datetime) -> None:
        """In the club from here on, as a member like others."""
        if self._move(Standing.MEMBER, at):
            self.role, self.joined_at, self.left_at = ClubRole.MEMBER, at, None
            self._record(ClubJoined(aggregate_id=self.club_id, occurred_at=at, user_id=self.reader))

    def refuse(self, at: datetime) -> None:
        """A host does not let her in; she may ask again."""
        self._move(Standing.REFUSED, at)

    def leave(self, at: datetime) -> None:
        """Not in the club any more, or not asking any more."""
        self._go(Standing.LEFT, at)

    def bar(self, at: datetime) -> None:
        """Out, and not let in again until a host changes her mind."""
        self._go(Standing.BARRED, at)

    def take(self, role: ClubRole, at: datetime) -> None:
        """Another role from here on. The owner's is handed over, never just laid down."""
        if not self.is_member:
            raise MemberNotFound
        if self.role is not role:
            self.role = role
            self._record(
                ClubRoleGiven(aggregate_id=self.club_id, occurred_at=at, user_id=self.reader, role=role)
            )

    def _go(self, standing: Standing, at: datetime) -> None:
        if self.is_owner:
            raise OwnerStays
        was_member = self.is_member
        if self._move(standing, at) and was_member:
            self.role, self.left_at = ClubRole.MEMBER, at
            self._record(
                ClubLeft(
                    aggregate_id=self.club_id,
                    occurred_at=at,
                    user_id=self.reader,
                    barred=standing is Standing.BARRED,
                )
            )

    def _move(self, standing: Standing, at: datetime) -> bool:
        if standing is self.standing:
            return False
        if standing not in STANDING_MOVES[self.standing]:
            raise MemberNotFound
        self.standing, self.since = standing, at
        return True
