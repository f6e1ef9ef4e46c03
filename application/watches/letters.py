"""What the shop writes to its readers about their watches."""

from datetime import datetime

from application.notifications.ports import Letter
from application.watches.words import why
from domain.watches.notices import Notice, NoticeKind
from domain.watches.watch import Watch


def letter(watch: Watch, notice: Notice, at: datetime) -> Letter | None:
    """The letter for a notice; None: another one tells it. A purchase writes that the book is bought, with
    the store, the price and the number of the order, as for any reader.
    """
    price = str(notice.price)
    match notice.kind:
        case NoticeKind.REACHED:
            return Letter(
                subject=f"The price you wait for is there ({watch.isbn})",
                opening=f"A store asks {price} for the book that you watch, all in all.",
                rows=[("Wanted", f"{watch.terms.target} or less"), ("Lowest price", price)],
                closing="Prices move; this one was seen a moment ago.",
            )
        case NoticeKind.ABOUT_TO_BUY:
            return Letter(
                subject=f"About to buy for you ({watch.isbn})",
                opening=f"A store asks {price} for the book that you watch. We buy it unless you say no.",
                rows=[("At most", str(watch.threshold)), ("Time to say no", _window(watch))],
                closing="You say no in your account, at this watch.",
            )
        case NoticeKind.BOUGHT:
            return None
        case NoticeKind.PAUSED:
            return Letter(
                subject=f"Your watch is paused ({watch.isbn})",
                opening=f"We could not pay for a copy. {watch.last_failure or ''}".strip(),
                closing="Nothing was charged. Resume the watch when the payment is in order.",
            )
        case NoticeKind.ENDED:
            return Letter(
                subject=f"Your watch has ended ({watch.isbn})",
                opening=why(watch, None, at),
                rows=[("Copies bought", str(watch.bought))] if watch.terms.buying else [],
            )


def _window(watch: Watch) -> str:
    veto = watch.terms.buying.veto if watch.terms.buying else None
    return f"{int(veto.total_seconds() // 60)} minutes from now" if veto else ""
