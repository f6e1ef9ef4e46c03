"""What travels in bodies about reviews."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta, Struct

from application.reviews.views import HistoryLine, ReviewSummary
from domain.reviews.rating import STARS
from domain.reviews.state import RejectionReason, ReportReason
from domain.reviews.words import LONGEST_NAME, LONGEST_TEXT, LONGEST_TITLE, Words

Stars = Annotated[int, Meta(ge=STARS.start, le=STARS.stop - 1, description="Whole stars.", examples=[4])]
Title = Annotated[str, Meta(description=f"One line of up to {LONGEST_TITLE} characters.")]
Text = Annotated[
    str, Meta(description=f"Plain text of up to {LONGEST_TEXT} characters; escape it to show it.")
]
Name = Annotated[
    str,
    Meta(
        description=f"What to be called here, up to {LONGEST_NAME} characters; left out: nothing.",
        examples=["Emma W."],
    ),
]


class ReviewBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole of what a reader says; only the stars are needed."""

    rating: Stars
    title: Title | None = None
    text: Text | None = None
    display_name: Name | None = None

    def words(self) -> Words:
        """From the wire; raises `InvalidInput` naming the field."""
        return Words.parse(self.title, self.text, self.display_name)


class ReviewList(Struct, frozen=True):
    """Some published reviews, and where to go on."""

    items: Sequence[ReviewSummary]
    next: str | None


class Helpful(Struct, frozen=True):
    """How many readers find it helpful."""

    helpful: int


class Report(Struct, frozen=True, forbid_unknown_fields=True):
    """What is wrong with it."""

    reason: ReportReason


class Rejection(Struct, frozen=True, forbid_unknown_fields=True):
    """Which house rule it breaks; its author is told."""

    reason: RejectionReason


class History(Struct, frozen=True):
    """Everything that was said and done, oldest first."""

    items: Sequence[HistoryLine]
    next: str | None = None
