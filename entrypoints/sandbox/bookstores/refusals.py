"""How a store says no: a code that all formats know, each in its own words."""

from entrypoints.sandbox.shared.serving import Refusal


class TooFast(Refusal):
    """429. `wait` seconds would have been right; None: not said."""

    def __init__(self, wait: float | None) -> None:
        super().__init__(429, "too_many_requests", "You come more often than we agreed.")
        self.wait = wait


def unavailable() -> Refusal:
    """503."""
    return Refusal(503, "unavailable", "We are closed for a moment.")


def broken() -> Refusal:
    """500."""
    return Refusal(500, "internal_error", "Something broke here.")


def no_such_call() -> Refusal:
    """404, of the address."""
    return Refusal(404, "not_found", "There is no such call here.")


def no_such_offer() -> Refusal:
    """404, of the offer."""
    return Refusal(404, "offer_not_found", "There is no such offer, or it is gone.")


def no_such_order() -> Refusal:
    """404, of the order."""
    return Refusal(404, "order_not_found", "Nothing was ordered under this key.")


def not_understood(what: str) -> Refusal:
    """400."""
    return Refusal(400, "invalid_request", what)
