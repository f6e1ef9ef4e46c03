"""What travels in bodies about clubs."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from domain.clubs.facts import LONGEST_DESCRIPTION, LONGEST_LOCATION, LONGEST_NAME, ClubFacts
from domain.clubs.standing import ClubRole, Standing
from domain.shared.wording import LONGEST_DISPLAY_NAME, display_name

Called = Annotated[
    str,
    Meta(
        description=f"What to be called there, up to {LONGEST_DISPLAY_NAME} characters; left out: nothing.",
        examples=["Emma W."],
    ),
]


class ClubBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a club describes itself; only the name is needed. What is left out is not said."""

    name: Annotated[str, Meta(description=f"Up to {LONGEST_NAME} characters.", examples=["Highbury Readers"])]
    location: (
        Annotated[
            str,
            Meta(description=f"A town or a quarter, up to {LONGEST_LOCATION} characters.", examples=["Bath"]),
        ]
        | None
    ) = None
    genre: Annotated[str, Meta(description="A category of the shop.", examples=["fiction"])] | None = None
    description: Annotated[str, Meta(description=f"Up to {LONGEST_DESCRIPTION} characters.")] | None = None
    private: Annotated[bool, Meta(description="Hosts decide who comes in, and only members look in.")] = False
    betting: Annotated[bool, Meta(description="Whether points may be staked on its meetings.")] = True

    def facts(self) -> ClubFacts:
        """From the wire; raises `InvalidInput` naming the field."""
        return ClubFacts.parse(
            name=self.name,
            location=self.location,
            genre=self.genre,
            description=self.description,
            private=self.private,
            betting=self.betting,
        )


class NewClub(ClubBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A club, and what its founder wants to be called in it."""

    display_name: Called | None = None

    def founder_name(self) -> str | None:
        """From the wire; raises `InvalidInput`."""
        return display_name("display_name", self.display_name)


class Joining(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nothing of this is needed."""

    display_name: Called | None = None
    invitation: (
        Annotated[str, Meta(max_length=100, description="The secret of an invitation's link.")] | None
    ) = None

    def name(self) -> str | None:
        """From the wire; raises `InvalidInput`."""
        return display_name("display_name", self.display_name)


class MembershipState(Struct, frozen=True):
    """How the reader stands to the club: `member`, or `requested` while its hosts decide."""

    club_id: UUID
    reader_id: UUID
    standing: Standing


class StandingGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """`member`, `refused`, `barred`, or `left` for who is barred no more."""

    standing: Standing


class RoleGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody is from here on; `owner` hands the club over."""

    role: ClubRole


class Invited(Struct, frozen=True):
    """What joins the club for whoever sends it as `invitation`; told once."""

    invitation: str
    expires_at: datetime
