"""Reviews as readers and staff see them: what can be asked, and what is answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from domain.reviews.rating import demand_stars
from domain.shared.errors import InvalidInput
from domain.shared.ids import BookId, ReviewId, UserId, WorkId

LONGEST_PAGE: Final = 100  # as lists of books


class ReviewSort(StrEnum):
    """The newest, the most helpful or the best first."""

    NEWEST = "newest"
    HELPFUL = "helpful"
    RATING = "rating"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewQuery:
    """Which reviews of a work to list; any of its editions names it. `verified`: only of readers who bought
    it; `cursor` is the `next` of the page before.
    """

    book_id: BookId
    rating: int | None = None
    verified: bool = False
    sort: ReviewSort = ReviewSort.NEWEST
    limit: int = 20
    cursor: str | None = None

    def __post_init__(self) -> None:
        if self.rating is not None:
            demand_stars(self.rating)
        _demand_limit(self.limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSummary:
    """A published review. `display_name` is what its author calls herself here, null for who does not; all
    she wrote is null once her account was erased. `helpful` counts readers.
    """

    review_id: ReviewId
    rating: int
    title: str | None
    text: str | None
    display_name: str | None
    verified_purchase: bool
    helpful: int
    written_at: datetime
    revised_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Some reviews of a work, and where to go on; `next` is null on the last page."""

    work_id: WorkId
    items: Sequence[ReviewSummary]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDetail:
    """One review with its standing: `reasons` say why it waits for staff (`held`) or which house rule it
    breaks (`rejected`). `yours`: whoever asks has written it.
    """

    review_id: ReviewId
    work_id: WorkId
    version: int
    rating: int
    title: str | None
    text: str | None
    display_name: str | None
    verified_purchase: bool
    helpful: int
    written_at: datetime
    revised_at: datetime | None
    state: str
    reasons: Sequence[str]
    yours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldReview:
    """A review that waits for a decision, and what helps to make it. `reports` counts readers by what they
    think is wrong; `version` is what the decision must name.
    """

    review_id: ReviewId
    version: int
    work_id: WorkId
    work_title: str
    reader_id: UserId
    rating: int
    title: str | None
    text: str | None
    display_name: str | None
    verified_purchase: bool
    reasons: Sequence[str]
    reports: Mapping[str, int]
    written_at: datetime
    revised_at: datetime | None


@dataclass(frozen=True, slots=True)
class HeldPage:
    """Some of the queue, the oldest first."""

    items: Sequence[HeldReview]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """What was done to a review, and how it stood afterwards. `by` is a person's id, null for the shop
    itself; the words are those of its author, null where the deed brought none or they are gone.
    """

    at: datetime
    deed: str
    by: UserId | None
    state: str
    reasons: Sequence[str]
    rating: int | None
    title: str | None
    text: str | None
    display_name: str | None


class ReviewViews(Protocol):
    """The read side: never used to decide a change."""

    async def of_work(self, query: ReviewQuery) -> ReviewPage:
        """What everybody sees; raises `BookNotFound` and, for a foreign cursor, `InvalidInput`."""
        ...

    async def one(self, book_id: BookId, review_id: ReviewId, reader: UserId | None) -> ReviewDetail:
        """In whatever state, as long as it is of the book's work; raises `ReviewNotFound`."""
        ...

    async def own(self, book_id: BookId, reader: UserId) -> ReviewDetail:
        """What this reader wrote about the book's work; raises `ReviewNotFound`."""
        ...

    async def held(self, limit: int, cursor: str | None) -> HeldPage:
        """What waits for staff; raises `InvalidInput` for a foreign cursor."""
        ...

    async def history(self, review_id: ReviewId) -> Sequence[HistoryLine]:
        """Everything that was done, oldest first, also to what was withdrawn; raises `ReviewNotFound`."""
        ...


def _demand_limit(limit: int) -> None:
    if not 1 <= limit <= LONGEST_PAGE:
        raise InvalidInput("limit", f"Use 1 to {LONGEST_PAGE}.")
