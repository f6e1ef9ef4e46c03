"""Payment tokens as Stripe has them: a payment method, with its customer if it was saved."""

from domain.payments.gateway import PaymentToken

_OF = "/"  # stands in no Stripe id


def parties(token: PaymentToken) -> tuple[str | None, str]:
    """The customer, None for a guest's card, and the payment method."""
    customer, _, method = token.rpartition(_OF)
    return customer or None, method


def saved_token(customer: str, method: str) -> PaymentToken:
    """A saved method pays only together with the customer who saved it."""
    return PaymentToken(f"{customer}{_OF}{method}")
