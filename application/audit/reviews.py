"""Reviews: what is shown of a work is the sum of what readers said, and every mark is deserved."""

from collections.abc import Iterator
from typing import Final

from application.audit.check import Area, Check
from application.audit.facts import RatedWorkFacts, ReviewFacts


def _adds_up(work: RatedWorkFacts) -> Iterator[str]:
    if work.kept != work.given:
        yield f"its summary says {_counts(work.kept)}, its published reviews {_counts(work.given)}"


def _is_shown(work: RatedWorkFacts) -> Iterator[str]:
    if work.editions_astray:
        yield f"{work.editions_astray} of its editions show another rating than its summary"


def _counts_votes(review: ReviewFacts) -> Iterator[str]:
    if review.helpful != review.votes:
        yield f"is said to have helped {review.helpful} readers, but {review.votes} voted for it"


def _deserves_its_mark(review: ReviewFacts) -> Iterator[str]:
    if review.purchase is None:
        if review.proof is not None:
            yield f"is not marked, but order {review.proof} paid for the work"
    elif not review.paid:
        yield f"is marked by order {review.purchase}, which is not paid, or not its author's"
    elif review.holds_work and review.proof is None:
        yield f"is marked by order {review.purchase}, whose money for the work went back"


def _counts(stars: tuple[int, ...]) -> str:
    return "/".join(map(str, stars))


OF_WORKS: Final = (
    Check(
        "summaries-add-up", Area.REVIEWS, "A work's summary is the sum of its published reviews.", _adds_up
    ),
    Check("editions-show-it", Area.REVIEWS, "Every edition shows its work's summary.", _is_shown),
)
OF_REVIEWS: Final = (
    Check(
        "votes-are-counted", Area.REVIEWS, "A review helped as many readers as voted for it.", _counts_votes
    ),
    Check(
        "verified-was-bought",
        Area.REVIEWS,
        "A review is marked as long as its author has paid for the work and keeps it.",
        _deserves_its_mark,
    ),
)
