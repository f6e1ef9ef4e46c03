"""The door of a club: who may look in, come in, and do what there."""

from dataclasses import dataclass, replace

from domain.clubs.errors import ClubNotFound, NotAHost, NotAMember, NotTheOwner
from domain.clubs.standing import ClubRole, Standing
from domain.shared.errors import DomainError


@dataclass(frozen=True, slots=True)
class Door:
    """One club for one reader; `standing` is None for who never came to it. Who may not even know what is
    behind it is told that there is nothing (`unseen`); who knows and may not, that she may not.
    """

    private: bool
    standing: Standing | None = None
    role: ClubRole = ClubRole.MEMBER
    unseen: type[DomainError] = ClubNotFound

    def to(self, unseen: type[DomainError]) -> "Door":
        """The same before something that the club does: what then is not there."""
        return replace(self, unseen=unseen)

    @property
    def is_member(self) -> bool:
        """In the club."""
        return self.standing is Standing.MEMBER

    @property
    def is_host(self) -> bool:
        """In the club, and looking after it."""
        return self.is_member and self.role is not ClubRole.MEMBER

    @property
    def shows(self) -> bool:
        """Whether what the club does is shown to this reader."""
        return self.is_member or not (self.private or self.standing is Standing.BARRED)

    def demand_known(self) -> None:
        """Its card is for everybody but those it has barred."""
        if self.standing is Standing.BARRED:
            raise self.unseen

    def demand_insight(self) -> None:
        """What it does, a public club shows to everybody else too, a private one to its members alone."""
        if not self.shows:
            raise self.unseen

    def demand_member(self) -> None:
        """Raises `NotAMember`, or that it is not there."""
        self.demand_insight()
        if not self.is_member:
            raise NotAMember

    def demand_host(self) -> None:
        """Raises `NotAHost`, and as `demand_member`."""
        self.demand_member()
        if not self.is_host:
            raise NotAHost

    def demand_owner(self) -> None:
        """Raises `NotTheOwner`, and as `demand_member`."""
        self.demand_member()
        if self.role is not ClubRole.OWNER:
            raise NotTheOwner
