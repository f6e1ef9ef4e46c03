"""A review's way: from every state, by every deed."""

from datetime import timedelta
from uuid import UUID

import pytest

from domain.reviews.errors import NotYourReview, OwnReview, ReviewNotFound
from domain.reviews.limits import REPORTS_TO_HOLD, REPORTS_TO_HOLD_AGAIN, in_a_hurry
from domain.reviews.review import Review
from domain.reviews.state import REVIEW_MOVES, RejectionReason, ReviewState, Suspicion
from domain.reviews.words import Words
from domain.shared.errors import InvalidInput
from domain.shared.ids import ReviewId, UserId, WorkId
from tests.builders import NOON, READER

STAFF, OTHER = UserId(UUID(int=900)), UserId(UUID(int=901))
LATER = NOON + timedelta(hours=1)


def a_review(*suspicions: Suspicion, rating: int = 4) -> Review:
    return Review.write(
        id=ReviewId(UUID(int=5)),
        work_id=WorkId(UUID(int=6)),
        reader=READER,
        rating=rating,
        words=Words(text="Good."),
        suspicions=suspicions,
        purchase=None,
        at=NOON,
    )


def standing(state: ReviewState) -> Review:
    """One that came there by its deeds; what it told on the way is forgotten."""
    review = a_review(*([Suspicion.LINKS] if state is ReviewState.HELD else []))
    if state is ReviewState.REJECTED:
        review.reject(RejectionReason.SPAM, STAFF, NOON)
    if state is ReviewState.WITHDRAWN:
        review.withdraw(NOON)
    review.drain_events()
    review.drain_history()
    return review


def names(review: Review) -> list[str]:
    return [event.name for event in review.drain_events()]


def test_every_state_says_where_it_may_lead() -> None:
    assert set(REVIEW_MOVES) == set(ReviewState)
    assert REVIEW_MOVES[ReviewState.WITHDRAWN] == frozenset()
    assert all(state not in moves for state, moves in REVIEW_MOVES.items())


@pytest.mark.parametrize("state", list(ReviewState))
def test_only_published_stars_count(state: ReviewState) -> None:
    assert (standing(state).counted == 4) == (state is ReviewState.PUBLISHED)


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (ReviewState.PUBLISHED, []),
        (ReviewState.HELD, ["review_published"]),
        (ReviewState.REJECTED, ["review_published"]),
    ],
)
def test_approving_publishes_and_again_is_harmless(state: ReviewState, told: list[str]) -> None:
    review = standing(state)
    for _ in range(2):
        review.approve(STAFF, NOON)
    assert (review.state, review.reasons, names(review)) == (ReviewState.PUBLISHED, (), told)
    assert [entry.deed.value for entry in review.drain_history()] == ["approved"]


@pytest.mark.parametrize("state", [ReviewState.PUBLISHED, ReviewState.HELD])
def test_rejecting_names_the_rule_and_again_is_harmless(state: ReviewState) -> None:
    review = standing(state)
    for _ in range(2):
        review.reject(RejectionReason.SPOILER, STAFF, NOON)
    assert (review.state, review.reasons) == (ReviewState.REJECTED, ("spoiler",))
    assert names(review) == ["review_rejected"]
    review.reject(RejectionReason.SPAM, STAFF, NOON)
    assert (review.reasons, names(review)) == (("spam",), [])
    assert [entry.reasons for entry in review.drain_history()] == [("spoiler",), ("spam",)]


def test_what_was_withdrawn_comes_back_by_nothing() -> None:
    for deed in (
        lambda review: review.approve(STAFF, NOON),
        lambda review: review.reject(RejectionReason.SPAM, STAFF, NOON),
        lambda review: review.revise(1, Words(), (), NOON),
        lambda review: review.report(REPORTS_TO_HOLD, NOON),
    ):
        with pytest.raises(ReviewNotFound):
            deed(standing(ReviewState.WITHDRAWN))


@pytest.mark.parametrize("state", [ReviewState.PUBLISHED, ReviewState.HELD, ReviewState.REJECTED])
def test_its_author_takes_it_back_from_anywhere(state: ReviewState) -> None:
    review = standing(state)
    review.withdraw(LATER)
    assert (review.state, review.words, review.reasons) == (ReviewState.WITHDRAWN, Words(), ())
    assert names(review) == ["review_withdrawn"]


@pytest.mark.parametrize(
    ("state", "suspicions", "after", "reasons"),
    [
        (ReviewState.PUBLISHED, (), ReviewState.PUBLISHED, ()),
        (ReviewState.PUBLISHED, (Suspicion.LINKS,), ReviewState.HELD, ("links",)),
        (ReviewState.HELD, (), ReviewState.PUBLISHED, ()),
        (ReviewState.HELD, (Suspicion.SHOUTING,), ReviewState.HELD, ("shouting",)),
        (ReviewState.REJECTED, (), ReviewState.HELD, ("rejected_before",)),
        (ReviewState.REJECTED, (Suspicion.LINKS,), ReviewState.HELD, ("rejected_before", "links")),
    ],
)
def test_a_correction_is_looked_at_as_if_it_were_new(
    state: ReviewState, suspicions: tuple[Suspicion, ...], after: ReviewState, reasons: tuple[str, ...]
) -> None:
    review = standing(state)
    review.revise(2, Words(text="Not so good."), suspicions, LATER)
    assert (review.state, review.reasons) == (after, reasons)
    assert (review.rating, review.revision, review.revised_at) == (2, 2, LATER)


def test_other_words_do_not_undo_what_readers_reported() -> None:
    review = standing(ReviewState.PUBLISHED)
    review.report(REPORTS_TO_HOLD, NOON)
    review.revise(4, Words(text="Better?"), (), LATER)
    assert (review.state, review.reasons) == (ReviewState.HELD, ("reported",))


def test_words_that_staff_let_stand_need_a_crowd_until_they_change() -> None:
    review = standing(ReviewState.HELD)
    review.approve(STAFF, NOON)
    review.report(REPORTS_TO_HOLD_AGAIN - 1, NOON)
    assert review.state is ReviewState.PUBLISHED
    review.revise(4, Words(text="Worse."), (), LATER)
    review.report(REPORTS_TO_HOLD, LATER)
    assert review.state is ReviewState.HELD


def test_who_may_what() -> None:
    published, held = standing(ReviewState.PUBLISHED), standing(ReviewState.HELD)
    published.demand_author(READER)
    held.demand_author(READER)
    published.demand_another(OTHER)
    for forbidden, error in (
        (lambda: published.demand_author(OTHER), NotYourReview),
        (lambda: held.demand_author(OTHER), ReviewNotFound),
        (lambda: published.demand_another(READER), OwnReview),
        (lambda: held.demand_another(OTHER), ReviewNotFound),
    ):
        with pytest.raises(error):
            forbidden()


@pytest.mark.parametrize("rating", [0, 6])
def test_stars_are_checked_whenever_they_are_given(rating: int) -> None:
    with pytest.raises(InvalidInput):
        a_review(rating=rating)
    with pytest.raises(InvalidInput):
        standing(ReviewState.PUBLISHED).revise(rating, Words(), (), LATER)


def test_a_mark_is_no_deed() -> None:
    review = standing(ReviewState.PUBLISHED)
    assert not review.prove(None)
    assert not review.has_history


def test_yesterday_s_writing_is_no_hurry() -> None:
    lately = [NOON - timedelta(minutes=10)] * 50
    assert not in_a_hurry(lately, NOON)
    assert in_a_hurry([NOON] * 8, NOON)
