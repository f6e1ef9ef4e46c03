"""What can go wrong with a quote, in the shop's words."""

from domain.shared.errors import DomainError


class QuoteNotFound(DomainError):
    """There is no such quote, or it was made for somebody else."""

    code = "quote_not_found"


class QuoteExpired(DomainError):
    """The prices were promised until a moment that has passed: ask for a new quote."""

    code = "quote_expired"


class QuoteAlreadyUsed(DomainError):
    """An order was placed with this quote; a promise is kept once."""

    code = "quote_already_used"


class CartChangedSinceQuote(DomainError):
    """The cart no longer holds what was quoted: ask for a new quote, nothing is re-priced silently."""

    code = "cart_changed_since_quote"


class CartIsEmpty(DomainError):
    """There is nothing to price."""

    code = "cart_is_empty"


class NoLongerSold(DomainError):
    """Books in the cart have left the catalogue since they were put there."""

    code = "no_longer_sold"


class MixedCurrencies(DomainError):
    """One order is paid in one currency."""

    code = "mixed_currencies"
