"""What was done to a review, by whom: the staff's memory of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.reviews.state import ReviewState
from domain.shared.ids import UserId


class Deed(StrEnum):
    """What happened. The first two are its author's, and bring words of their own."""

    WRITTEN = "written"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"
    REPORTED = "reported"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """How the review stood afterwards. `by` is None where the shop acted by itself; `revision` counts what
    its author has said.
    """

    at: datetime
    deed: Deed
    by: UserId | None
    revision: int
    state: ReviewState
    reasons: tuple[str, ...]
