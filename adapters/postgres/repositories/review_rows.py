"""Between reviews, their summaries and their rows, both ways. Words are sealed with their author's key."""

from typing import Final

import msgspec

from adapters.postgres.database import Row
from domain.reviews.history import HistoryEntry
from domain.reviews.review import Review
from domain.reviews.state import ReviewState
from domain.reviews.words import Words
from domain.shared.ids import OrderId, ReviewId, UserId, WorkId
from domain.shared.personal_data import PersonalDataVault, Sealed, WrappedKey

LIKENESS: Final = "review likeness"  # the purpose under which equal texts are found


def review_row(review: Review) -> dict[str, object]:
    """Its own columns; what it says is a row for each revision."""
    return {
        "id": review.id,
        "work_id": review.work_id,
        "user_id": review.reader,
        "written_at": review.written_at,
        "version": review.version,
        **standing_row(review),
    }


def standing_row(review: Review) -> dict[str, object]:
    """The columns that verbs change."""
    return {
        "rating": review.rating,
        "state": review.state.value,
        "reasons": list(review.reasons),
        "purchase": review.purchase,
        "revised_at": review.revised_at,
        "revision": review.revision,
        "approved": review.approved,
    }


def revision_row(review: Review, key: WrappedKey, vault: PersonalDataVault) -> dict[str, object]:
    """What its author says now."""
    words, likeness = review.words, review.words.likeness
    said = None if words == Words() else msgspec.json.encode(words).decode()
    place = words_place(review.id, review.revision)
    return {
        "review_id": review.id,
        "revision": review.revision,
        "rating": review.rating,
        "sealed_words": None if said is None else vault.seal(key, place, said),
        "likeness": None if likeness is None else vault.blind_index(LIKENESS, likeness),
    }


def history_row(review_id: ReviewId, entry: HistoryEntry) -> dict[str, object]:
    """One deed."""
    return {
        "review_id": review_id,
        "at": entry.at,
        "deed": entry.deed.value,
        "by": entry.by,
        "revision": entry.revision,
        "state": entry.state.value,
        "reasons": list(entry.reasons),
    }


def review_from(row: Row, vault: PersonalDataVault) -> Review:
    """The aggregate; the row brings its sealed words and its author's key, if she still has one."""
    return Review(
        id=ReviewId(row.id),
        work_id=WorkId(row.work_id),
        reader=UserId(row.user_id),
        rating=row.rating,
        words=words_from(row.id, row.revision, row, vault),
        written_at=row.written_at,
        state=ReviewState(row.state),
        reasons=tuple(row.reasons),
        purchase=OrderId(row.purchase) if row.purchase else None,
        revision=row.revision,
        revised_at=row.revised_at,
        approved=row.approved,
        version=row.version,
    )


def words_from(review_id: ReviewId, revision: int, row: Row, vault: PersonalDataVault) -> Words:
    """What was said in `sealed_words`; nothing once its author was erased."""
    if row.sealed_words is None or row.wrapped is None:
        return Words()
    opened = vault.open(row.wrapped, words_place(review_id, revision), Sealed(row.sealed_words))
    return msgspec.json.decode(opened, type=Words)


def words_place(review_id: ReviewId, revision: int) -> str:
    """Table and row: what is sealed for one does not open in another."""
    return f"review_revisions:{review_id}:{revision}"
