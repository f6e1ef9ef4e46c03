"""Who is asking."""

from dataclasses import dataclass
from enum import StrEnum

from domain.shared.errors import DomainError
from domain.shared.ids import SessionId, UserId


class Role(StrEnum):
    """What somebody may do in the shop; held in the database, never in a token."""

    READER = "reader"
    STAFF = "staff"
    ADMIN = "admin"


class NotAuthenticated(DomainError):
    """No valid, live access token came with the request."""

    code = "not_authenticated"


class NotAllowed(DomainError):
    """The token is good but the role is not enough."""

    code = "not_allowed"


@dataclass(frozen=True, slots=True)
class Principal:
    """A signed-in reader or member of staff, as of this request."""

    user_id: UserId
    session_id: SessionId
    roles: frozenset[Role]

    def require_staff(self) -> None:
        """Staff and admins pass; everybody else is told what is missing."""
        if not self.roles & {Role.STAFF, Role.ADMIN}:
            raise NotAllowed("This needs the role staff or admin.")

    def require_admin(self) -> None:
        """Admins pass; everybody else is told what is missing."""
        if Role.ADMIN not in self.roles:
            raise NotAllowed("This needs the role admin.")
