"""What a reader sends to pay with: a provider's token, never a card number."""

import re
from typing import Final

from domain.payments.gateway import PaymentToken
from domain.shared.errors import InvalidInput

LONGEST: Final = 255
_CARD: Final = re.compile(r"(?:\d[ -]?){12,19}")
_LUHN_BASE: Final = 10


def payment_token(text: str, field: str = "payment_info.token") -> PaymentToken:
    """Accept a token; refuse what looks like a card number before it is stored or logged anywhere."""
    token = text.strip()
    if _looks_like_a_card(token):
        raise InvalidInput(field, "This looks like a card number. Send the provider's token for it instead.")
    if not 1 <= len(token) <= LONGEST:
        raise InvalidInput(field, f"Send the provider's token in 1 to {LONGEST} characters.")
    return PaymentToken(token)


def _looks_like_a_card(text: str) -> bool:
    return bool(_CARD.fullmatch(text)) and _luhn([int(c) for c in text if c.isdigit()])


def _luhn(digits: list[int]) -> bool:
    """ISO/IEC 7812: every second digit from the right is doubled."""
    doubled = (sum(divmod(2 * digit, _LUHN_BASE)) for digit in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % _LUHN_BASE == 0
