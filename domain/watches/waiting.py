"""The watch and the price: what a look at the price leads to, and when to look again."""

from dataclasses import dataclass
from datetime import datetime

from domain.shared.ids import UserId, WatchId
from domain.shared.isbn import Isbn
from domain.shared.money import Money
from domain.watches.events import WatchEnded
from domain.watches.lows import Seen
from domain.watches.notices import Notice, NoticeKind
from domain.watches.result import ASK_AGAIN
from domain.watches.standing import Standing
from domain.watches.status import AfterPurchase, EndReason, WatchStatus
from domain.watches.terms import Terms
from domain.watches.threshold import Alert

WAITING = frozenset({WatchStatus.ACTIVE, WatchStatus.AWAITING_VETO})


@dataclass(kw_only=True, slots=True)
class Waiting(Standing):
    """`looked_at` is when the last price looked at was heard; until `held_until` no price leads to anything;
    `attempt` counts the purchases begun, each for one copy; `maximum` is what the last of them may cost.
    """

    id: WatchId
    user_id: UserId
    isbn: Isbn
    terms: Terms
    begun_at: datetime
    alert: Alert = Alert()  # noqa: RUF009 - a frozen value
    looked_at: datetime | None = None
    held_until: datetime | None = None
    rests_until: datetime | None = None
    veto_until: datetime | None = None
    attempt: int = 0
    maximum: Money | None = None
    bought: int = 0
    spent: Money | None = None
    failures: int = 0
    last_failure: str | None = None
    after_purchase: AfterPurchase | None = None
    ended_because: EndReason | None = None

    @property
    def ended(self) -> bool:
        """Nothing but what is still to be told can come."""
        return self.status is WatchStatus.ENDED

    @property
    def left(self) -> Money | None:
        """What of the budget is left; None: it buys nothing."""
        if self.terms.buying is None:
            return None
        return self.terms.buying.budget - (self.spent or Money.zero(self.terms.target.currency))

    @property
    def threshold(self) -> Money:
        """The most that the next copy may cost: the target, or what the budget still allows."""
        left = self.left
        return self.terms.target if left is None or self.terms.target <= left else left

    # -- looking -------------------------------------------------------------------------------------

    def look(self, price: Seen | None, at: datetime) -> bool:
        """What is so now, whatever woke it. True: a purchase begins, of which the caller makes one, under
        this attempt. A failed ask, or that nobody has a copy, is no price and changes nothing.
        """
        if self.status is WatchStatus.BUYING and self.held_until is not None and self.held_until <= at:
            self.held_until = at + ASK_AGAIN
        if self.ended or self.status is WatchStatus.BUYING:
            return False
        if self.terms.until <= at:
            self._end(EndReason.EXPIRED, at, "The latest date has come.", notify=True)
            return False
        if self.held_until is not None and self.held_until <= at:
            self.held_until = None
        if price is not None and self.status in WAITING:
            return self._weigh(price, at)
        return self._veto_is_over(at) and self._begin_purchase(at)

    def would_change(self, price: Seen | None, at: datetime) -> bool:
        """Whether a look at that price would lead to anything: if not, nobody need be woken for it."""
        if price is None or self.status not in WAITING:
            return False
        if self.status is WatchStatus.AWAITING_VETO:
            return self.threshold < price.price
        if self.threshold < price.price:
            return not self.alert.armed and self._is_later(price)
        held = self.held_until is not None and at < self.held_until
        moves = self.alert.clears > 0 or self.alert.is_news(price.price, self.threshold)
        return moves and not held

    def _weigh(self, price: Seen, at: datetime) -> bool:
        if self.threshold < price.price:
            self._too_dear(price, at)
            return False
        if self.status is WatchStatus.AWAITING_VETO:
            return self._veto_is_over(at) and self._begin_purchase(at)
        self.looked_at = price.at
        if not self.alert.is_news(price.price, self.threshold):
            self.alert = self.alert.below()
            return False
        self.held_until = self._held(at)
        return self.held_until is None and self._fire(price.price, at)

    def _too_dear(self, price: Seen, at: datetime) -> None:
        if self.status is WatchStatus.AWAITING_VETO and self._move(WatchStatus.ACTIVE):
            self._drop(NoticeKind.ABOUT_TO_BUY)
            self.veto_until, self.alert = None, Alert()
            self._tell(at, f"The price went up to {price.price} before it was bought.")
        elif not self.alert.armed and self._is_later(price):
            self.alert = self.alert.clear(price.price, self.threshold)
        self.looked_at = price.at

    def _fire(self, price: Money, at: datetime) -> bool:
        self.alert = self.alert.fire(price)
        self._tell(at, f"The lowest price is {price}: {self.threshold} or less was wanted.")
        if self.terms.buying is None:
            self._notify(NoticeKind.REACHED, price)
            return False
        if self.terms.buying.veto is None:
            return self._begin_purchase(at)
        self._move(WatchStatus.AWAITING_VETO)
        self._notify(NoticeKind.ABOUT_TO_BUY, price)
        return False

    def _begin_purchase(self, at: datetime) -> bool:
        self.veto_until = None
        if begun := self._move(WatchStatus.BUYING):
            self.attempt, self.maximum = self.attempt + 1, self.threshold
            self.held_until = at + ASK_AGAIN
            self._tell(at, f"Buying a copy for {self.maximum} or less.")
        return begun

    def _veto_is_over(self, at: datetime) -> bool:
        is_open = self.veto_until is None or at < self.veto_until
        return self.status is WatchStatus.AWAITING_VETO and not is_open

    def _held(self, at: datetime) -> datetime | None:
        """Quiet hours hold back what the reader must hear of first; a rest holds back everything."""
        holds = [self.rests_until] if self.rests_until is not None and at < self.rests_until else []
        if self.terms.buying is None or self.terms.buying.veto is not None:
            quiet = self._quiet_until(at)
            holds += [quiet] if quiet else []
        return max(holds, default=None)

    # -- telling -------------------------------------------------------------------------------------

    def to_tell(self, at: datetime) -> Notice | None:
        """What the reader is to be told now; None: nothing, or it is quiet."""
        return self.notices[0] if self.notices and self._quiet_until(at) is None else None

    def noticed(self, number: int, at: datetime) -> None:
        """That was told, or cannot be. From then on the time for a veto runs."""
        said = [notice for notice in self.notices if notice.number == number]
        self.notices = tuple(notice for notice in self.notices if notice.number != number)
        about_to_buy = bool(said) and said[0].kind is NoticeKind.ABOUT_TO_BUY
        buying = self.terms.buying
        if about_to_buy and self.status is WatchStatus.AWAITING_VETO and buying and buying.veto:
            self.veto_until = at + buying.veto
            self._tell(at, f"You were told, and may say no until {self.veto_until:%Y-%m-%d %H:%M} UTC.")

    def wakes_at(self, at: datetime) -> datetime | None:
        """When to look again if nothing is heard before; None: never, for it has ended."""
        quiet = self._quiet_until(at) if self.notices else None
        return min((date for date in (self.next_date, quiet) if date is not None), default=None)

    @property
    def next_date(self) -> datetime | None:
        """The same for housekeeping, which does not know of quiet hours."""
        if self.ended:
            return None
        if self.status is WatchStatus.BUYING:
            return self.held_until
        if self.status is WatchStatus.PAUSED:
            return self.terms.until
        dates = (self.terms.until, self.held_until, self.veto_until)
        return min(date for date in dates if date is not None)

    # -- ending --------------------------------------------------------------------------------------

    def _end(self, reason: EndReason, at: datetime, words: str, *, notify: bool) -> None:
        if not self._move(WatchStatus.ENDED):
            return
        self.ended_because, self.after_purchase = reason, None
        self.held_until = self.veto_until = self.rests_until = None
        self.notices = tuple(each for each in self.notices if each.kind is NoticeKind.BOUGHT)
        if notify:
            self._notify(NoticeKind.ENDED)
        self._tell(at, words)
        self._record(
            WatchEnded(
                aggregate_id=self.id,
                occurred_at=at,
                user_id=self.user_id,
                isbn=self.isbn.value,
                reason=reason.value,
                bought=self.bought,
            )
        )

    def _drop(self, kind: NoticeKind) -> None:
        self.notices = tuple(each for each in self.notices if each.kind is not kind)

    def _is_later(self, price: Seen) -> bool:
        return self.looked_at is None or self.looked_at < price.at

    def _quiet_until(self, at: datetime) -> datetime | None:
        return self.terms.quiet.end_after(at) if self.terms.quiet else None
