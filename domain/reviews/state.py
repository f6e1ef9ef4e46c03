"""Where a review stands, why, and what may follow what."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class ReviewState(StrEnum):
    """Only what is published is seen, and counts."""

    PUBLISHED = "published"
    HELD = "held"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


# Staying where one is always succeeds, so replays are harmless; only real moves stand in the table.
REVIEW_MOVES: Final[Mapping[ReviewState, frozenset[ReviewState]]] = {
    ReviewState.PUBLISHED: frozenset({ReviewState.HELD, ReviewState.REJECTED, ReviewState.WITHDRAWN}),
    ReviewState.HELD: frozenset({ReviewState.PUBLISHED, ReviewState.REJECTED, ReviewState.WITHDRAWN}),
    # HELD: its author has changed it. PUBLISHED: staff has changed its mind.
    ReviewState.REJECTED: frozenset({ReviewState.HELD, ReviewState.PUBLISHED, ReviewState.WITHDRAWN}),
    ReviewState.WITHDRAWN: frozenset(),
}


class Suspicion(StrEnum):
    """Why a review waits for a person."""

    LINKS = "links"
    CONTACT_DETAILS = "contact_details"
    SHOUTING = "shouting"
    REPETITION = "repetition"
    REPEATED_TEXT = "repeated_text"
    MANY_AT_ONCE = "many_at_once"
    REJECTED_BEFORE = "rejected_before"
    REPORTED = "reported"


class RejectionReason(StrEnum):
    """Which house rule it breaks."""

    SPAM = "spam"
    OFFENSIVE = "offensive"
    PERSONAL_DATA = "personal_data"
    OFF_TOPIC = "off_topic"
    SPOILER = "spoiler"
    NOT_GENUINE = "not_genuine"
    UNLAWFUL = "unlawful"


class ReportReason(StrEnum):
    """What a reader thinks is wrong with it: the same house rules, or something else."""

    SPAM = "spam"
    OFFENSIVE = "offensive"
    PERSONAL_DATA = "personal_data"
    OFF_TOPIC = "off_topic"
    SPOILER = "spoiler"
    NOT_GENUINE = "not_genuine"
    UNLAWFUL = "unlawful"
    OTHER = "other"
