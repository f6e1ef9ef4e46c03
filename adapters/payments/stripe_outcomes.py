"""Stripe's words in the shop's."""

from typing import Final

import stripe

from domain.payments.gateway import ActionRequired, Authorised, Declined, DeclineReason, PaymentReference
from domain.shared.money import Money

KEY: Final = "octavo_key"  # metadata that Stripe keeps with the payment, as webhooks read it
ABANDONED: Final = "octavo_abandoned"
CALLED_OFF: Final = Declined(DeclineReason.DECLINED, "This payment was called off.")
_DECLINED: Final = "Your card was declined."

# https://docs.stripe.com/declines/codes; codes not listed are told as a plain decline, as Stripe advises.
REASONS: Final = {
    "insufficient_funds": DeclineReason.INSUFFICIENT_FUNDS,
    "authentication_required": DeclineReason.AUTHENTICATION_FAILED,
    "payment_intent_authentication_failure": DeclineReason.AUTHENTICATION_FAILED,
    "card_not_supported": DeclineReason.INVALID_TOKEN,
    "payment_method_unactivated": DeclineReason.INVALID_TOKEN,
}


def noted(found: stripe.StripeObject | None, name: str) -> str | None:
    """A field that Stripe leaves out where it has nothing to say."""
    value = found[name] if found is not None and name in found else None
    return None if value is None else str(value)


def outcome(intent: stripe.PaymentIntent) -> Authorised | Declined | ActionRequired | None:
    """How the payment stands; None while Stripe is still at it, or was never told to begin."""
    if intent.status == "canceled" or noted(intent.metadata, ABANDONED):
        return CALLED_OFF
    match intent.status:
        case "requires_capture" | "succeeded":
            amount = Money(intent.amount, intent.currency.upper())
            return Authorised(PaymentReference(intent.id), amount)
        case "requires_action":
            return ActionRequired(PaymentReference(intent.id), _confirmation_url(intent))
        case "requires_payment_method" if intent.last_payment_error is not None:
            error = intent.last_payment_error
            return _declined(noted(error, "code"), noted(error, "decline_code"), noted(error, "message"))
    return None


def decline(error: stripe.CardError) -> Declined:
    """The card's bank said no."""
    return _declined(error.code, noted(error.error, "decline_code"), error.user_message)


def refusal(error: stripe.InvalidRequestError) -> Declined:
    """Stripe will not even try."""
    if error.code == "resource_missing" or error.http_status == 404:  # noqa: PLR2004 - HTTP's own number
        return Declined(DeclineReason.INVALID_TOKEN, "The payment method is not known any more.")
    return Declined(DeclineReason.PROVIDER_UNAVAILABLE, error.user_message or "The payment was not possible.")


def _declined(code: str | None, decline_code: str | None, message: str | None) -> Declined:
    reason = REASONS.get(decline_code or "") or REASONS.get(code or "") or DeclineReason.DECLINED
    return Declined(reason, message or _DECLINED)


def _confirmation_url(intent: stripe.PaymentIntent) -> str:
    action = intent.next_action
    if action is None or action.redirect_to_url is None or action.redirect_to_url.url is None:
        raise ValueError(
            "Stripe asks for a confirmation without a page, though it was given a return address."
        )
    return action.redirect_to_url.url
