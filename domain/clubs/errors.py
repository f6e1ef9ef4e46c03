"""What can go wrong with clubs."""

from domain.shared.errors import DomainError


class ClubNotFound(DomainError):
    """There is no such club, or it is none of this reader's business: what a private club does is there for
    its members alone.
    """

    code = "club_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such club.")


class NotAMember(DomainError):
    """This is for members of the club: join it first."""

    code = "not_a_member"

    def __init__(self) -> None:
        super().__init__("This is for members of the club: join it first.")


class NotAHost(DomainError):
    """Only the owner and the hosts of a club do this."""

    code = "not_a_host"

    def __init__(self) -> None:
        super().__init__("This is for the owner and the hosts of the club.")


class NotTheOwner(DomainError):
    """Only the owner of a club does this."""

    code = "not_the_owner"

    def __init__(self) -> None:
        super().__init__("This is for the owner of the club.")


class OwnerStays(DomainError):
    """A club is never without an owner: she hands it over before she leaves or becomes a member like
    others.
    """

    code = "owner_stays"

    def __init__(self) -> None:
        super().__init__("Hand the club over to another member first.")


class MemberNotFound(DomainError):
    """Nobody like that is in the club, or asks to be."""

    code = "member_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such member of the club.")


class InvitationNotGood(DomainError):
    """The invitation was withdrawn, replaced or has expired, or is for another club."""

    code = "invitation_not_good"

    def __init__(self) -> None:
        super().__init__("This invitation is not good any more; ask for a new one.")


class ClubIsFull(DomainError):
    """The club has as many members as a club can have."""

    code = "club_is_full"

    def __init__(self, most: int) -> None:
        super().__init__(f"A club has at most {most} members.", most=most)
