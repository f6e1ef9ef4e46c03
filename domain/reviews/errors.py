"""What can go wrong with reviews."""

from datetime import timedelta
from math import ceil

from domain.shared.errors import DomainError
from domain.shared.ids import ReviewId


class ReviewNotFound(DomainError):
    """There is no such review of this work, or it is not published and not yours."""

    code = "review_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such review.")


class AlreadyReviewed(DomainError):
    """A reader has one say about a work, whichever of its editions she read. `review_id` names it."""

    code = "already_reviewed"

    def __init__(self, review_id: ReviewId) -> None:
        super().__init__("You have reviewed this work already; change that review.", review_id=str(review_id))


class NotYourReview(DomainError):
    """Only its author changes a review or takes it back."""

    code = "not_your_review"

    def __init__(self) -> None:
        super().__init__("This review is somebody else's.")


class OwnReview(DomainError):
    """Nobody finds her own review helpful, or reports it."""

    code = "own_review"

    def __init__(self) -> None:
        super().__init__("This review is your own.")


class TooManyReviews(DomainError):
    """More reviews and corrections in a day than anybody has read books for; the wait is in whole seconds."""

    code = "too_many_reviews"

    def __init__(self, wait: timedelta) -> None:
        seconds = max(1, ceil(wait.total_seconds()))
        super().__init__(
            "You have written very many reviews today; go on a little later.", retry_after=seconds
        )


class TooManyReports(DomainError):
    """More reports in a day than one reader may make; the wait is in whole seconds."""

    code = "too_many_reports"

    def __init__(self, wait: timedelta) -> None:
        seconds = max(1, ceil(wait.total_seconds()))
        super().__init__("You have reported very many reviews today; go on later.", retry_after=seconds)
