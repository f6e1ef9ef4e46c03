"""From rows to what readers and staff see of reviews. Words open with their author's key, if she has one."""

from dataclasses import asdict
from typing import Final

from adapters.postgres.database import Row
from adapters.postgres.repositories.review_rows import words_from
from application.reviews.views import HeldReview, HistoryLine, ReviewDetail, ReviewSummary
from domain.reviews.words import Words
from domain.shared.ids import ReviewId, UserId, WorkId
from domain.shared.personal_data import PersonalDataVault

# What every view reads of a review, its newest words, and what opens them.
COLUMNS: Final = """
r.id, r.work_id, r.user_id, r.rating, r.state, r.reasons, r.helpful, r.written_at, r.revised_at, r.revision,
r.version, r.purchase IS NOT NULL AS verified, v.sealed_words, k.wrapped
"""
JOINS: Final = """
LEFT JOIN review_revisions v ON v.review_id = r.id AND v.revision = r.revision
LEFT JOIN subject_keys k ON k.user_id = r.user_id
"""


def summary_from(row: Row, vault: PersonalDataVault) -> ReviewSummary:
    """A line in a list."""
    words = _words(row, vault)
    return ReviewSummary(
        review_id=row.id,
        rating=row.rating,
        title=words.title,
        text=words.text,
        display_name=words.display_name,
        verified_purchase=row.verified,
        helpful=row.helpful,
        written_at=row.written_at,
        revised_at=row.revised_at,
    )


def detail_from(row: Row, reader: UserId | None, vault: PersonalDataVault) -> ReviewDetail:
    """One review, as its author or staff sees it."""
    return ReviewDetail(
        **asdict(summary_from(row, vault)),
        work_id=WorkId(row.work_id),
        version=row.version,
        state=row.state,
        reasons=row.reasons,
        yours=row.user_id == reader,
    )


def held_from(row: Row, vault: PersonalDataVault) -> HeldReview:
    """A line in the queue; the row brings the work's title and the reports."""
    words = _words(row, vault)
    return HeldReview(
        review_id=row.id,
        version=row.version,
        work_id=row.work_id,
        work_title=row.work_title,
        reader_id=row.user_id,
        rating=row.rating,
        title=words.title,
        text=words.text,
        display_name=words.display_name,
        verified_purchase=row.verified,
        reasons=row.reasons,
        reports=row.reports,
        written_at=row.written_at,
        revised_at=row.revised_at,
    )


def history_from(row: Row, vault: PersonalDataVault) -> HistoryLine:
    """A deed, with what was said on that occasion."""
    words = words_from(row.review_id, row.revision, row, vault)
    return HistoryLine(
        at=row.at,
        deed=row.deed,
        by=row.by,
        state=row.state,
        reasons=row.reasons,
        rating=row.rating,
        title=words.title,
        text=words.text,
        display_name=words.display_name,
    )


def _words(row: Row, vault: PersonalDataVault) -> Words:
    return words_from(ReviewId(row.id), row.revision, row, vault)
