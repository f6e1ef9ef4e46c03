"""The watch: a reader waits for a price, to be told of it or to buy at it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from domain.shared.errors import InvalidInput
from domain.shared.ids import PurchaseId
from domain.shared.money import Money
from domain.watches.errors import NothingToVeto, WatchCannotMove, WatchHasEnded
from domain.watches.events import WatchBegun, WatchChanged
from domain.watches.notices import NoticeKind
from domain.watches.result import Result, ResultKind, rest_after
from domain.watches.status import AfterPurchase, EndReason, WatchStatus
from domain.watches.terms import Terms
from domain.watches.threshold import Alert
from domain.watches.waiting import Waiting


@dataclass(kw_only=True, slots=True)
class Watch(Waiting):
    """Verbs may be repeated. Of each copy wanted at most one purchase is on its way at any moment, and never
    more copies are bought than were wanted, nor is more spent than the budget.

    Personal data (address, payment token, webhook) lives beside the watch, sealed, never in it.
    """

    @property
    def purchase_id(self) -> PurchaseId:
        """Of the last attempt, for ever the same: whoever begins it twice begins the same one."""
        return purchase_of(self.id, self.attempt)

    # -- what the reader does ------------------------------------------------------------------------

    def begin(self) -> None:
        """It is written down, and looked at from now on."""
        self.terms.check_date(self.begun_at)
        what = "buy at" if self.terms.buying else "be told of"
        self._tell(self.begun_at, f"You want to {what} {self.terms.target} or less for {self.isbn}.")
        self._record(
            WatchBegun(
                aggregate_id=self.id,
                occurred_at=self.begun_at,
                user_id=self.user_id,
                isbn=self.isbn.value,
            )
        )

    def change(self, terms: Terms, at: datetime) -> None:
        """Other terms from now on, as if the watch had just begun. A purchase on its way keeps its own."""
        self._require_open()
        terms.check_date(at)
        self._check_change(terms)
        if terms == self.terms:
            return
        self._stand_down()
        self.terms = terms
        self.alert, self.looked_at = Alert(), None
        self.rests_until = None
        if self.status is not WatchStatus.BUYING:
            self.held_until = None
        self.failures, self.last_failure = 0, None
        self._heard(at, f"You changed the watch: {terms.target} or less.")

    def pause(self, at: datetime) -> None:
        """Nothing is bought and nothing told until it is resumed; a purchase on its way goes on."""
        self._require_open()
        if self.status is WatchStatus.BUYING:
            if self.after_purchase is None:
                self.after_purchase = AfterPurchase.PAUSE
                self._heard(at, "You paused the watch; the purchase that is on its way goes on.")
            return
        self._stand_down()
        if self._move(WatchStatus.PAUSED):
            self._heard(at, "You paused the watch.")

    def resume(self, at: datetime) -> None:
        """It watches again, and looks at once."""
        self._require_open()
        if self.status is WatchStatus.BUYING and self.after_purchase is AfterPurchase.PAUSE:
            self.after_purchase = None
            self._heard(at, "You resumed the watch.")
        elif self.status is WatchStatus.PAUSED and self._move(WatchStatus.ACTIVE):
            self.alert, self.rests_until, self.failures = Alert(), None, 0
            self._heard(at, "You resumed the watch.")

    def cancel(self, at: datetime) -> None:
        """Nothing more is bought. A purchase on its way is called off if it can be, or is the last."""
        if self.ended_because is EndReason.CANCELLED or self.after_purchase is AfterPurchase.END:
            return
        self._require_open()
        if self.status is WatchStatus.BUYING:
            self.after_purchase = AfterPurchase.END
            self._heard(at, "You ended the watch; its purchase is called off if it still can be.")
            return
        self._end(EndReason.CANCELLED, at, "You ended the watch.", notify=False)
        self._heard(at, None)

    def veto(self, at: datetime) -> None:
        """Not this time: it is proposed anew when the price has been higher meanwhile, or falls further."""
        self._require_open()
        if self.status is not WatchStatus.AWAITING_VETO:
            raise NothingToVeto("This watch is not about to buy anything.")
        declined = self.alert
        self._stand_down()
        self.alert = declined
        self._heard(at, "You said no.")

    # -- what becomes of a purchase ------------------------------------------------------------------

    def settle(self, attempt: int, result: Result, at: datetime) -> None:
        """A purchase came to its end. Only the attempt that is on its way can, and only once."""
        if self.status is not WatchStatus.BUYING or attempt != self.attempt:
            return
        if result.kind is ResultKind.OPEN:
            return
        wish, self.after_purchase = self.after_purchase, None
        self.alert, self.held_until = Alert(), None
        if result.kind is ResultKind.BOUGHT:
            self._count(result.paid or self.maximum or self.threshold, at)
        else:
            self._put_off(result, at)
        self._go_on(wish, result, at)

    def _count(self, paid: Money, at: datetime) -> None:
        self.bought += 1
        self.spent = paid + (self.spent or Money.zero(paid.currency))
        self.failures, self.rests_until, self.last_failure = 0, None, None
        self._notify(NoticeKind.BOUGHT, paid)
        self._tell(at, f"A copy was bought for {paid}.")

    def _put_off(self, result: Result, at: datetime) -> None:
        self.rests_until = rest_after(result.kind, self.failures, at)
        self.failures += result.kind is ResultKind.NOT_HAD
        self.last_failure = result.why
        self._tell(at, f"No copy was bought: {result.why}")

    def _go_on(self, wish: AfterPurchase | None, result: Result, at: datetime) -> None:
        wanted = self.terms.buying.quantity if self.terms.buying else 0
        if wanted <= self.bought:
            self._end(EndReason.BOUGHT, at, "Every copy that was wanted is bought.", notify=False)
        elif wish is AfterPurchase.END:
            self._end(EndReason.CANCELLED, at, "You ended the watch.", notify=False)
        elif not self.threshold:
            self._end(EndReason.BUDGET_SPENT, at, "The budget is spent.", notify=True)
        elif result.kind is ResultKind.DECLINED:
            self._move(WatchStatus.PAUSED)
            self._notify(NoticeKind.PAUSED)
            self._tell(at, "The watch is paused: the payment was declined.")
        elif wish is AfterPurchase.PAUSE or result.kind is ResultKind.CANCELLED:
            self._move(WatchStatus.PAUSED)
        else:
            self._move(WatchStatus.ACTIVE)

    # -- small things --------------------------------------------------------------------------------

    def _require_open(self) -> None:
        if self.ended or self.after_purchase is AfterPurchase.END:
            raise WatchHasEnded("This watch has come to its end.")

    def _check_change(self, terms: Terms) -> None:
        if (terms.buying is None) is not (self.terms.buying is None):
            raise WatchCannotMove("A watch that only tells does not begin to buy, or the other way round.")
        if terms.target.currency != self.terms.target.currency:
            raise InvalidInput("target.currency", "A watch keeps its currency.")
        if terms.buying is not None and terms.buying.quantity <= self.bought:
            raise InvalidInput("quantity", f"{self.bought} are bought already: name more.")
        if terms.buying is not None and terms.buying.budget <= self._tied(terms.target.currency):
            raise InvalidInput("budget", "So much is spent or about to be spent already: name more.")

    def _tied(self, currency: str) -> Money:
        """What is spent, and what a purchase on its way may still cost."""
        on_its_way = self.maximum if self.status is WatchStatus.BUYING else None
        nothing = Money.zero(currency)
        return (self.spent or nothing) + (on_its_way or nothing)

    def _stand_down(self) -> None:
        """Whatever was about to be bought is not; a later look may propose it again."""
        self._drop(NoticeKind.ABOUT_TO_BUY)
        self._drop(NoticeKind.REACHED)
        self.veto_until = None
        if self.status is WatchStatus.AWAITING_VETO:
            self._move(WatchStatus.ACTIVE)
            self.alert = Alert()

    def _heard(self, at: datetime, words: str | None) -> None:
        if words is not None:
            self._tell(at, words)
        self._record(
            WatchChanged(aggregate_id=self.id, occurred_at=at, user_id=self.user_id, isbn=self.isbn.value)
        )


def purchase_of(watch_id: UUID, attempt: int) -> PurchaseId:
    """One purchase for each attempt of a watch."""
    return PurchaseId(uuid5(watch_id, f"attempt-{attempt}"))
