"""Why a watch has not bought, or told, yet: in words for the reader and for operators."""

from datetime import datetime

from domain.watches.lows import Seen
from domain.watches.status import AfterPurchase, EndReason, WatchStatus
from domain.watches.watch import Watch

_ENDED = {
    EndReason.BOUGHT: "Every copy that was wanted is bought.",
    EndReason.EXPIRED: "The latest date has come.",
    EndReason.BUDGET_SPENT: "The budget is spent.",
    EndReason.CANCELLED: "You ended it.",
}
_AFTER = {
    AfterPurchase.PAUSE: " The watch pauses when that is decided.",
    AfterPurchase.END: " It is called off if it can be, and the watch ends.",
}


def why(watch: Watch, price: Seen | None, at: datetime) -> str:
    """One or two sentences; they name no person."""
    match watch.status:
        case WatchStatus.ENDED:
            return _ENDED[watch.ended_because or EndReason.CANCELLED]
        case WatchStatus.PAUSED:
            return "It is paused." + (f" {watch.last_failure}" if watch.last_failure else "")
        case WatchStatus.BUYING:
            after = _AFTER[watch.after_purchase] if watch.after_purchase else ""
            return f"A copy is being bought for {watch.maximum} or less.{after}"
        case WatchStatus.AWAITING_VETO:
            return _about_to_buy(watch)
        case WatchStatus.ACTIVE:
            return _waiting(watch, price, at)


def _about_to_buy(watch: Watch) -> str:
    if watch.veto_until is None:
        return "You are being told what will be bought; from then on you may say no."
    return f"It will be bought after {watch.veto_until:%Y-%m-%d %H:%M} UTC unless you say no."


def _waiting(watch: Watch, price: Seen | None, at: datetime) -> str:
    if price is None:
        return "No other store is known to have such a copy."
    if watch.threshold < price.price:
        more = price.price - watch.threshold
        return f"The lowest price known is {price.price}, {more} more than what you wait for."
    if watch.held_until is not None and at < watch.held_until:
        trouble = f" {watch.last_failure}" if watch.last_failure else ""
        until = f"{watch.held_until:%Y-%m-%d %H:%M} UTC"
        return f"The price is low enough; nothing is done before {until}.{trouble}"
    if not watch.alert.armed:
        said = "You said no to" if watch.terms.buying else "You were told of"
        return f"{said} {watch.alert.fired_at}; a lower price, or one that comes back, is news again."
    return "The price is low enough, and is being looked at."
