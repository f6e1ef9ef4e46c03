"""A review: what one reader thinks of a work, in stars and perhaps in words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from domain.reviews.errors import NotYourReview, OwnReview, ReviewNotFound
from domain.reviews.events import (
    ReviewHeld,
    ReviewPublished,
    ReviewRejected,
    ReviewRevised,
    ReviewWithdrawn,
)
from domain.reviews.history import Deed, HistoryEntry
from domain.reviews.limits import reports_needed
from domain.reviews.rating import demand_stars
from domain.reviews.state import REVIEW_MOVES, RejectionReason, ReviewState, Suspicion
from domain.reviews.words import Words
from domain.shared.errors import StaleVersion
from domain.shared.events import Aggregate
from domain.shared.ids import OrderId, ReviewId, UserId, WorkId


@dataclass(kw_only=True, slots=True)
class Review(Aggregate):
    """One for each reader and work. `reasons` say why it is held or was rejected; `purchase` is the order
    which proves that its author bought the work; `revision` counts what she said, `approved` is whether a
    person let the newest of it stand; `version` counts saved changes of what it says and where it stands.
    """

    id: ReviewId
    work_id: WorkId
    reader: UserId
    rating: int
    words: Words
    written_at: datetime
    state: ReviewState = ReviewState.PUBLISHED
    reasons: tuple[str, ...] = ()
    purchase: OrderId | None = None
    revision: int = 1
    revised_at: datetime | None = None
    approved: bool = False
    version: int = 1
    _history: list[HistoryEntry] = field(default_factory=list, init=False, repr=False, compare=False)

    @classmethod
    def write(
        cls,
        *,
        id: ReviewId,  # noqa: A002 - the aggregate's own name for it
        work_id: WorkId,
        reader: UserId,
        rating: int,
        words: Words,
        suspicions: Sequence[Suspicion],
        purchase: OrderId | None,
        at: datetime,
    ) -> Self:
        """It is published at once, unless a person should look at it before."""
        demand_stars(rating)
        state = ReviewState.HELD if suspicions else ReviewState.PUBLISHED
        review = cls(
            id=id,
            work_id=work_id,
            reader=reader,
            rating=rating,
            words=words,
            written_at=at,
            state=state,
            reasons=_values(suspicions),
            purchase=purchase,
        )
        review._tell_standing(at)
        review._remember(Deed.WRITTEN, reader, at)
        return review

    # -- what it is ----------------------------------------------------------------------------------

    @property
    def counted(self) -> int | None:
        """The stars it adds to the work's summary."""
        return self.rating if self.state is ReviewState.PUBLISHED else None

    def expect(self, version: int) -> None:
        """Whoever changes it, or decides about it, must have seen its newest version."""
        if version != self.version:
            raise StaleVersion(
                f"The review is at version {self.version}, you saw {version}: read it again.",
                version=self.version,
            )

    def demand_author(self, reader: UserId) -> None:
        """Raise `NotYourReview` for others, and `ReviewNotFound` where they cannot even see it."""
        if reader != self.reader:
            if self.state is not ReviewState.PUBLISHED:
                raise ReviewNotFound
            raise NotYourReview

    def demand_another(self, reader: UserId) -> None:
        """Raise `OwnReview` for its author, and `ReviewNotFound` while it is not published."""
        if reader == self.reader:
            raise OwnReview
        if self.state is not ReviewState.PUBLISHED:
            raise ReviewNotFound

    # -- its author ----------------------------------------------------------------------------------

    def revise(self, rating: int, words: Words, suspicions: Sequence[Suspicion], at: datetime) -> None:
        """Say it anew; saying the same again changes nothing. What readers reported or staff rejected is seen
        by staff again, everything else is published as if it were new.
        """
        demand_stars(rating)
        if (rating, words) == (self.rating, self.words):
            return
        was = self.state
        reasons = _values([*self._lasting(), *suspicions])
        self.rating, self.words, self.reasons = rating, words, reasons
        self.revision, self.revised_at, self.approved = self.revision + 1, at, False
        self._move(ReviewState.HELD if reasons else ReviewState.PUBLISHED, at)
        if was is self.state is ReviewState.PUBLISHED:
            self._record(
                ReviewRevised(aggregate_id=self.id, occurred_at=at, work_id=self.work_id, rating=rating)
            )
        self._remember(Deed.REVISED, self.reader, at)

    def withdraw(self, at: datetime) -> None:
        """Take it back for good; its words are forgotten, here and in its history."""
        self.words, self.reasons = Words(), ()
        self._move(ReviewState.WITHDRAWN, at)
        self._remember(Deed.WITHDRAWN, self.reader, at)

    def prove(self, purchase: OrderId | None) -> bool:
        """The order that shows today that its author bought the work; None once the money went back. False
        when nothing is new; nobody's version of the review grows old by it.
        """
        changed, self.purchase = purchase != self.purchase, purchase
        return changed

    # -- other readers, and staff --------------------------------------------------------------------

    def report(self, readers: int, at: datetime) -> None:
        """So many readers have reported what it says now: enough of them, and a person looks at it."""
        if readers >= reports_needed(approved=self.approved):
            self.reasons = _values([Suspicion.REPORTED])
            self._move(ReviewState.HELD, at)
            self._remember(Deed.REPORTED, None, at)

    def approve(self, by: UserId, at: datetime) -> None:
        """A member of staff lets it stand."""
        if self._move(ReviewState.PUBLISHED, at, reasons=()) or not self.approved:
            self.approved = True
            self._remember(Deed.APPROVED, by, at)

    def reject(self, reason: RejectionReason, by: UserId, at: datetime) -> None:
        """A member of staff finds that it breaks a house rule."""
        if self._move(ReviewState.REJECTED, at, reasons=(reason.value,)) or self.reasons != (reason.value,):
            self.reasons, self.approved = (reason.value,), False
            self._remember(Deed.REJECTED, by, at)

    # -- the mechanics -------------------------------------------------------------------------------

    @property
    def has_history(self) -> bool:
        """Something was done since the last save."""
        return bool(self._history)

    def drain_history(self) -> list[HistoryEntry]:
        """Hand over what was done since the last save, oldest first."""
        history, self._history = self._history, []
        return history

    def _lasting(self) -> tuple[Suspicion, ...]:
        """What other words do not make good."""
        if self.state is ReviewState.REJECTED:
            return (Suspicion.REJECTED_BEFORE,)
        lasting = (Suspicion.REPORTED, Suspicion.REJECTED_BEFORE)
        return tuple(
            reason for reason in lasting if self.state is ReviewState.HELD and reason in self.reasons
        )

    def _move(self, state: ReviewState, at: datetime, reasons: tuple[str, ...] | None = None) -> bool:
        if state is self.state:
            return False
        if state not in REVIEW_MOVES[self.state]:
            raise ReviewNotFound  # only what was withdrawn goes nowhere, and it is not there any more
        self.state = state
        self.reasons = self.reasons if reasons is None else reasons
        self._tell_standing(at)
        return True

    def _tell_standing(self, at: datetime) -> None:
        me, work = self.id, self.work_id
        match self.state:
            case ReviewState.PUBLISHED:
                published = ReviewPublished(aggregate_id=me, occurred_at=at, work_id=work, rating=self.rating)
                self._record(published)
            case ReviewState.HELD:
                self._record(ReviewHeld(aggregate_id=me, occurred_at=at, work_id=work, reasons=self.reasons))
            case ReviewState.REJECTED:
                [reason] = self.reasons
                self._record(ReviewRejected(aggregate_id=me, occurred_at=at, work_id=work, reason=reason))
            case ReviewState.WITHDRAWN:
                self._record(ReviewWithdrawn(aggregate_id=me, occurred_at=at, work_id=work))

    def _remember(self, deed: Deed, by: UserId | None, at: datetime) -> None:
        self._history.append(
            HistoryEntry(
                at=at, deed=deed, by=by, revision=self.revision, state=self.state, reasons=self.reasons
            )
        )


def _values(reasons: Sequence[Suspicion]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason.value for reason in reasons))
