"""Threads as members see them: what can be asked, and what is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from domain.clubs.door import Door
from domain.shared.errors import InvalidInput
from domain.shared.ids import ClubId, MeetingId, PostId, ThreadId, UserId, WorkId
from domain.threads.post import Sight

LONGEST_PAGE: Final = 100  # as lists of books


class PostOrder(StrEnum):
    """As it was said, or the latest first."""

    OLDEST = "oldest"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadView:
    """A thread. `posts` counts what nobody took back; the title is null once she who opened it was erased."""

    thread_id: ThreadId
    club_id: ClubId
    meeting_id: MeetingId | None
    work_id: WorkId | None
    title: str | None
    opened_by: UserId
    opened_at: datetime
    closed_at: datetime | None
    posts: int
    last_post_at: datetime | None


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """Some threads, the latest opened first."""

    items: Sequence[ThreadView]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostView:
    """A post as one member sees it. `sight` is `open`, `ahead` (it gives away more of the work than she has
    read) or `hidden` (by a host): only what is open has a text, null once its author was erased. `position`
    is in parts per million of the work, null where the thread is about none. `reason` is why a host hid it.
    """

    post_id: PostId
    author_id: UserId
    display_name: str | None
    position: int | None
    sight: Sight
    text: str | None
    written_at: datetime
    revised_at: datetime | None
    state: str
    reason: str | None
    version: int
    yours: bool


@dataclass(frozen=True, slots=True)
class PostPage:
    """Some posts, and how far she who asks has read, in parts per million. A page may be shorter than asked
    for.
    """

    items: Sequence[PostView]
    high_water: int
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadQuery:
    """Threads of a club, or those about one of its meetings."""

    club_id: ClubId
    meeting_id: MeetingId | None = None
    limit: int = 20
    cursor: str | None = None

    def __post_init__(self) -> None:
        _demand_limit(self.limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostQuery:
    """Posts of a thread for one reader."""

    thread_id: ThreadId
    reader: UserId
    order: PostOrder = PostOrder.OLDEST
    limit: int = 20
    cursor: str | None = None

    def __post_init__(self) -> None:
        _demand_limit(self.limit)


class ThreadViews(Protocol):
    """The read side: never used to decide a change. Whose words one does not want to read, or who does not
    want hers read by one, is left out, except for hosts.
    """

    async def door(self, thread_id: ThreadId, reader: UserId) -> Door:
        """The door of the thread's club; raises `ThreadNotFound`."""
        ...

    async def listed(self, query: ThreadQuery) -> ThreadPage:
        """Raises `InvalidInput` for a foreign cursor."""
        ...

    async def one(self, thread_id: ThreadId) -> ThreadView:
        """Raises `ThreadNotFound`."""
        ...

    async def posts(self, query: PostQuery, *, host: bool) -> PostPage:
        """Raises `InvalidInput` for a foreign cursor."""
        ...

    async def post(self, thread_id: ThreadId, post_id: PostId, reader: UserId, *, host: bool) -> PostView:
        """One of them; a host who opens it sees it, wherever she is in the work. Raises `PostNotFound`."""
        ...


def _demand_limit(limit: int) -> None:
    if not 1 <= limit <= LONGEST_PAGE:
        raise InvalidInput("limit", f"Use 1 to {LONGEST_PAGE}.")
