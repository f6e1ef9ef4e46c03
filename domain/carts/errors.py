"""What can go wrong with a cart."""

from domain.shared.errors import DomainError


class CartFull(DomainError):
    """A cart holds so many different books and no more."""

    code = "cart_full"


class NotInCart(DomainError):
    """The cart does not hold this book."""

    code = "not_in_cart"


class CartUnavailable(DomainError):
    """The store of carts did not answer, or was too busy with this very cart. Come back shortly, and repeat
    an addition with the same Idempotency-Key: what was done already is not done twice.
    """

    code = "cart_unavailable"


class CartTokenInvalid(DomainError):
    """The token that names a guest's cart was not issued by the shop, or not for this one."""

    code = "cart_token_invalid"
