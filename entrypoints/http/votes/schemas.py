"""What travels in bodies under /v1/votes."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from domain.votes.vote import MOST_CANDIDATES

Works = Annotated[list[UUID], Meta(max_length=MOST_CANDIDATES)]
Moment = Annotated[datetime, Meta(tz=True, description="With an offset.", examples=["2027-03-14T19:00:00Z"])]


class NewVote(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which club votes until when, and what to begin with."""

    club_id: UUID
    closes_at: Moment
    work_ids: Works = []


class Proposal(Struct, frozen=True, forbid_unknown_fields=True):
    """One more to choose from."""

    work_id: UUID


class Choices(Struct, frozen=True, forbid_unknown_fields=True):
    """Every work you would read, the one you would like best first; none at all is a ballot, too."""

    choices: Works
