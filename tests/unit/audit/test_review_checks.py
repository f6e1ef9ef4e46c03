"""Every check of reviews is silent about sound ones and speaks up about the one thing that is wrong."""

from dataclasses import replace
from uuid import UUID

import pytest

from application.audit import reviews
from application.audit.check import Check
from application.audit.facts import RatedWorkFacts, ReviewFacts

ORDER = UUID(int=7)
RATED = RatedWorkFacts(work_id=UUID(int=1), kept=(0, 0, 1, 2, 3), given=(0, 0, 1, 2, 3), editions_astray=0)
REVIEW = ReviewFacts(
    review_id=UUID(int=2), helpful=3, votes=3, purchase=ORDER, paid=True, holds_work=True, proof=ORDER
)
UNMARKED = replace(REVIEW, purchase=None, paid=False, holds_work=False, proof=None)


def said(checks: tuple[Check[object], ...], facts: object) -> dict[str, str]:
    """What each check that found something said."""
    return {check.name: words for check in checks for words in check.look(facts)}


@pytest.mark.parametrize(
    "review",
    [
        REVIEW,
        UNMARKED,
        replace(REVIEW, proof=UUID(int=8)),  # another order proves it as well
        replace(REVIEW, holds_work=False, proof=None),  # the edition belongs to another work since
    ],
)
def test_what_is_sound_is_passed_over(review: ReviewFacts) -> None:
    assert said(reviews.OF_WORKS, RATED) == {}
    assert said(reviews.OF_REVIEWS, review) == {}


@pytest.mark.parametrize(
    ("wrong", "check", "words"),
    [
        (replace(RATED, kept=(0, 0, 1, 2, 4)), "summaries-add-up", "its published reviews 0/0/1/2/3"),
        (replace(RATED, editions_astray=2), "editions-show-it", "2 of its editions"),
    ],
)  # fmt: skip
def test_a_work_that_shows_what_nobody_said_is_named(wrong: RatedWorkFacts, check: str, words: str) -> None:
    found = said(reviews.OF_WORKS, wrong)
    assert set(found) == {check}
    assert words in found[check]


@pytest.mark.parametrize(
    ("wrong", "check", "words"),
    [
        (replace(REVIEW, helpful=4), "votes-are-counted", "4 readers, but 3 voted"),
        (replace(UNMARKED, proof=ORDER), "verified-was-bought", "is not marked"),
        (replace(REVIEW, paid=False, proof=None), "verified-was-bought", "not paid"),
        (replace(REVIEW, proof=None), "verified-was-bought", "went back"),
    ],
)
def test_a_review_whose_figures_nobody_made_is_named(wrong: ReviewFacts, check: str, words: str) -> None:
    found = said(reviews.OF_REVIEWS, wrong)
    assert set(found) == {check}
    assert words in found[check]
