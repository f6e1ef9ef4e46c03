"""What readers say about works, and who looks at it first."""

from dependency_injector import providers

from application.reviews.moderate import ApproveReview, RejectReview, SeeHeld, SeeHistory
from application.reviews.prove_purchases import AfterOrder, AfterReview, ProvePurchase
from application.reviews.report_review import ReportReview
from application.reviews.revise_review import ReviseReview
from application.reviews.see_reviews import ListReviews, SeeOwnReview, SeeReview
from application.reviews.vote import CastVote, TakeVoteBack
from application.reviews.withdraw_review import WithdrawReview
from application.reviews.write_review import WriteReview
from entrypoints.wiring.friends import FriendsUseCases


class ReviewsUseCases(FriendsUseCases):
    """What readers say about works, and who looks at it first."""

    adapters = FriendsUseCases.adapters

    list_reviews = providers.Singleton(ListReviews, adapters.review_views)
    see_review = providers.Singleton(SeeReview, adapters.review_views)
    see_own_review = providers.Singleton(SeeOwnReview, adapters.review_views)
    write_review = providers.Singleton(WriteReview, adapters.unit_of_work, adapters.ids, adapters.clock)
    revise_review = providers.Singleton(ReviseReview, adapters.unit_of_work, adapters.clock)
    withdraw_review = providers.Singleton(WithdrawReview, adapters.unit_of_work, adapters.clock)
    cast_vote = providers.Singleton(CastVote, adapters.unit_of_work, adapters.clock)
    take_vote_back = providers.Singleton(TakeVoteBack, adapters.unit_of_work)
    report_review = providers.Singleton(ReportReview, adapters.unit_of_work, adapters.clock)
    see_held = providers.Singleton(SeeHeld, adapters.review_views)
    see_history = providers.Singleton(SeeHistory, adapters.review_views)
    approve_review = providers.Singleton(ApproveReview, adapters.unit_of_work, adapters.clock)
    reject_review = providers.Singleton(RejectReview, adapters.unit_of_work, adapters.clock)
    prove_purchase = providers.Singleton(ProvePurchase, adapters.unit_of_work)
    mark_after_order = providers.Singleton(AfterOrder, adapters.unit_of_work, prove_purchase)
    mark_after_review = providers.Singleton(AfterReview, prove_purchase)
