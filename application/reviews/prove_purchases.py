"""Keep the mark of readers who bought what they review true."""

from application.outbox.ports import WaitingEvent
from application.shared.unit_of_work import UnitOfWork
from domain.reviews.errors import ReviewNotFound
from domain.shared.ids import OrderId, ReviewId


class ProvePurchase:
    """A review bears the mark while its author has paid for an edition of the work and keeps it."""

    def __init__(self, unit_of_work: UnitOfWork) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, review_id: ReviewId) -> None:
        """As the orders are now; nothing for a review that is gone."""
        async with self._unit_of_work() as work:
            try:
                review = await work.reviews.get(review_id)
            except ReviewNotFound:  # withdrawn since, and the mark with it
                return
            if review.prove(await work.proofs.proof(review.reader, review.work_id)):
                await work.reviews.save(review)


class AfterOrder:
    """Money was taken, or went back: the reader's reviews of those works are marked anew."""

    def __init__(self, unit_of_work: UnitOfWork, prove_purchase: ProvePurchase) -> None:
        self._unit_of_work = unit_of_work
        self._prove_purchase = prove_purchase

    async def __call__(self, event: WaitingEvent) -> bool:
        """On `payment_captured`, `order_refunded` and `order_ended`."""
        async with self._unit_of_work() as work:
            concerned = await work.proofs.concerned(OrderId(event.aggregate_id))
        for review_id in concerned:
            await self._prove_purchase(review_id)
        return True


class AfterReview:
    """Money may have been taken while the review was being written, when nobody could see it yet."""

    def __init__(self, prove_purchase: ProvePurchase) -> None:
        self._prove_purchase = prove_purchase

    async def __call__(self, event: WaitingEvent) -> bool:
        """On `review_published` and `review_held`."""
        await self._prove_purchase(ReviewId(event.aggregate_id))
        return True
