"""What happens to clubs. Who is called what is nobody's business outside."""

from dataclasses import dataclass
from typing import ClassVar

from domain.clubs.standing import ClubRole, Visibility
from domain.shared.events import DomainEvent
from domain.shared.ids import UserId


@dataclass(frozen=True, kw_only=True, slots=True)
class ClubFounded(DomainEvent):
    """There is a new club; its founder owns it."""

    name: ClassVar[str] = "club_founded"
    owner: UserId
    visibility: Visibility


@dataclass(frozen=True, kw_only=True, slots=True)
class ClubRevised(DomainEvent):
    """The club describes itself anew; `changed` names what."""

    name: ClassVar[str] = "club_revised"
    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ClubJoined(DomainEvent):
    """A reader is a member from here on."""

    name: ClassVar[str] = "club_joined"
    user_id: UserId


@dataclass(frozen=True, kw_only=True, slots=True)
class ClubLeft(DomainEvent):
    """A member is none any more; `barred` where a host saw to it."""

    name: ClassVar[str] = "club_left"
    user_id: UserId
    barred: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class MembershipRequested(DomainEvent):
    """A reader asks to be let in."""

    name: ClassVar[str] = "club_membership_requested"
    user_id: UserId


@dataclass(frozen=True, kw_only=True, slots=True)
class ClubRoleGiven(DomainEvent):
    """A member has another role from here on."""

    name: ClassVar[str] = "club_role_given"
    user_id: UserId
    role: ClubRole
