"""Clubs as readers see them: what can be asked, and what is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol, Self

from domain.clubs.door import Door
from domain.clubs.standing import Standing
from domain.shared.errors import InvalidInput
from domain.shared.ids import ClubId, MeetingId, UserId, WorkId

LONGEST_PAGE: Final = 100  # as lists of books


@dataclass(frozen=True, slots=True, kw_only=True)
class ClubQuery:
    """Which clubs to list: by words of the name, by the place, by the genre. `mine`: only those that this
    reader is in. `reader` asks: clubs that barred her are not listed. `cursor` is the `next` of the page
    before.
    """

    reader: UserId | None = None
    q: str | None = None
    location: str | None = None
    genre: str | None = None
    mine: bool = False
    limit: int = 20
    cursor: str | None = None

    def __post_init__(self) -> None:
        demand_limit(self.limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClubCard:
    """What everybody may know of a club."""

    id: ClubId
    name: str
    location: str | None
    genre: str | None
    private: bool
    members: int


@dataclass(frozen=True, slots=True)
class ClubPage:
    """Some clubs in the order of their names; `next` is null on the last page."""

    items: Sequence[ClubCard]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClubScore:
    """What members did together: `meetings` that took place, how often readers `attended`, how many books
    they `finished` for them. `total` counts each of these as one.
    """

    meetings: int
    attended: int
    finished: int
    total: int

    @classmethod
    def of(cls, meetings: int, attended: int, finished: int) -> Self:
        """With their sum."""
        return cls(
            meetings=meetings, attended=attended, finished=finished, total=meetings + attended + finished
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NextMeeting:
    """What the club reads at present."""

    meeting_id: MeetingId
    work_id: WorkId
    title: str
    starts_at: datetime
    time_zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClubDetail:
    """A club's page. `role` and `standing` are those of who asks, null for a stranger; the next meeting is
    null where there is none, the score as well where the club keeps it to itself.
    """

    id: ClubId
    version: int
    name: str
    location: str | None
    genre: str | None
    description: str | None
    private: bool
    betting: bool
    founded_at: datetime
    members: int
    score: ClubScore | None
    next_meeting: NextMeeting | None
    standing: str | None
    role: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLine:
    """Somebody in a club, or at its door; `since` she stands there. `display_name` is null for who gave
    none.
    """

    reader_id: UserId
    display_name: str | None
    role: str
    standing: str
    since: datetime


@dataclass(frozen=True, slots=True)
class MemberPage:
    """Some of them, in the order of their coming."""

    items: Sequence[MemberLine]
    next: str | None


class ClubViews(Protocol):
    """The read side: never used to decide a change."""

    async def door(self, club_id: ClubId, reader: UserId | None) -> Door:
        """What this reader may see and do; raises `ClubNotFound`."""
        ...

    async def one(self, club_id: ClubId, reader: UserId | None, now: datetime) -> ClubDetail:
        """Its page at that moment, with all there is; raises `ClubNotFound`."""
        ...

    async def found(self, query: ClubQuery) -> ClubPage:
        """The directory; raises `InvalidInput` for a foreign cursor."""
        ...

    async def members(
        self, club_id: ClubId, standing: Standing, limit: int, cursor: str | None
    ) -> MemberPage:
        """Who stands so to the club; raises `InvalidInput` for a foreign cursor."""
        ...


def demand_limit(limit: int) -> None:
    """A page has at least one line and at most a hundred."""
    if not 1 <= limit <= LONGEST_PAGE:
        raise InvalidInput("limit", f"Use 1 to {LONGEST_PAGE}.")
