"""What can go wrong with an order, in the shop's words."""

from domain.shared.errors import DomainError


class OrderNotFound(DomainError):
    """There is no such order, or it is somebody else's."""

    code = "order_not_found"


class IllegalMove(DomainError):
    """The order's state does not allow this step."""

    code = "illegal_move"


class TooLateToCancel(DomainError):
    """The parcel has left (ask for a return instead) or the order came to another end."""

    code = "too_late_to_cancel"


class RefundTooLarge(DomainError):
    """More would be given back than was paid for these lines and not yet returned."""

    code = "refund_too_large"


class RefundNotFound(DomainError):
    """There is no such refund on this order."""

    code = "refund_not_found"


class NothingToRefund(DomainError):
    """No money of this order has been taken."""

    code = "nothing_to_refund"
