"""Keeps personal data and secrets out of what is written down: by name where a name gives it away,
by shape where it hides in a sentence.
"""

import re
from collections.abc import Mapping, MutableMapping
from datetime import date, timedelta
from enum import Enum
from pathlib import Path
from typing import Any, Final
from uuid import UUID

HIDDEN: Final = "[redacted]"
_PERSON: Final = {
    "name_on_card",
    "first_name",
    "full_name",
    "last_name",
    "reader_name",
    "email",
    "e_mail",
    "phone",
}
_PLACE: Final = {
    "address",
    "shipping_addr",
    "shipping_address",
    "line1",
    "line2",
    "street",
    "city",
    "postal_code",
}
_SECRET: Final = {
    "password",
    "new_password",
    "passphrase",
    "secret",
    "credentials",
    "api_key",
    "authorization",
}
_TOKEN: Final = {"token", "access_token", "refresh_token", "session_token", "cookie", "set_cookie"}
_CARD_KEYS: Final = {"card", "card_number", "pan", "cvc", "cvv"}
_CONTENT: Final = {"body", "payload", "to", "recipient", "user_agent"}
PERSONAL_KEYS: Final = frozenset(_PERSON | _PLACE | _SECRET | _TOKEN | _CARD_KEYS | _CONTENT)
_EMAIL: Final = re.compile(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_CARD: Final = re.compile(r"(?<![\w-])(?!97[89]\d{10}\b)\d(?:[ -]?\d){12,18}(?![\w-])")  # an ISBN is no card
_URL_PASSWORD: Final = re.compile(r"(?<=://)([^\s:/@]*):[^\s@/]+@")
_ROW_VALUES: Final = "\nDETAIL:"  # PostgreSQL quotes the offending row from here on
_PLAIN: Final = (UUID, date, timedelta, Enum, Path)  # whose text is what they are, and nobody's secret
_LUHN_DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def redact(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: the event with everything personal replaced by a mark."""
    for key, value in event.items():
        event[key] = HIDDEN if _is_personal(key) else _clean(value)
    return event


def redacted(text: str) -> str:
    """The text without e-mail addresses, card numbers, rows of tables, and passwords in server addresses."""
    text = text.partition(_ROW_VALUES)[0]
    text = _URL_PASSWORD.sub(rf"\1:{HIDDEN}@", text)
    if "@" in text:
        text = _EMAIL.sub(HIDDEN, text)
    return _CARD.sub(lambda found: HIDDEN if _passes_luhn(found[0]) else found[0], text)


def _is_personal(key: object) -> bool:
    return isinstance(key, str) and key.lower().replace("-", "_") in PERSONAL_KEYS


def _clean(value: Any) -> Any:  # noqa: ANN401 - a log line may hold anything
    if isinstance(value, str):
        return redacted(value)
    if isinstance(value, Mapping):
        return {key: HIDDEN if _is_personal(key) else _clean(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean(inner) for inner in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    # An object's own description may show all its fields: its kind is enough.
    return str(value) if isinstance(value, _PLAIN) else f"<{type(value).__name__}>"


def _passes_luhn(text: str) -> bool:
    digits = [int(character) for character in text if character.isdigit()]
    doubled = sum(_LUHN_DOUBLED[digit] for digit in digits[-2::-2])
    return (sum(digits[::-2]) + doubled) % 10 == 0
