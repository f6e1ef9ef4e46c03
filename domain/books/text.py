"""Words as they may stand in the catalogue, and the keys under which equal words meet."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from domain.shared.errors import InvalidInput

# Control characters and lone surrogates: no database and no JSON reader takes them all.
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_ESCAPED_NUL: Final = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
_NO_LETTERS: Final = re.compile(r"[\W_]+")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LONGEST_LANGUAGE: Final = 35  # BCP 47's own advice for a buffer

LONGEST_KEY: Final = 300  # characters, four bytes each at worst: half of what PostgreSQL can index
LARGEST_DETAILS: Final = 16_384  # characters of JSON; a page of facts, not a document store


def demand_printable(field: str, text: str, longest: int) -> None:
    """Words a reader will see: not blank, not endless, no control characters."""
    if not text.strip():
        raise InvalidInput(field, "This must not be empty.")
    if len(text) > longest:
        raise InvalidInput(field, f"Use at most {longest} characters.")
    if _UNPRINTABLE.search(text):
        raise InvalidInput(field, "Leave out control characters.")


def demand_language_tag(field: str, text: str) -> None:
    """A BCP 47 tag such as `en` or `pt-BR`."""
    if len(text) > _LONGEST_LANGUAGE or not _LANGUAGE.fullmatch(text):
        raise InvalidInput(field, "Use a language tag such as en, fr or pt-BR.")


def demand_storable(field: str, details: Mapping[str, object]) -> None:
    """Free facts must be JSON of a sensible size that every reader takes."""
    try:
        written = json.dumps(details, allow_nan=False, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidInput(field, "Use plain JSON: text, numbers, booleans, lists and objects.") from error
    if len(written) > LARGEST_DETAILS:
        raise InvalidInput(field, f"Use at most {LARGEST_DETAILS} characters of JSON.")
    if _UNPRINTABLE.search(written) or _ESCAPED_NUL.search(written):
        raise InvalidInput(field, "Leave out control characters.")


def matching_key(text: str) -> str:
    """What is left when case, accents and punctuation do not matter: 'Brontë, Emily' → 'bronte-emily'."""
    if text.isascii():  # most titles, and four times as fast
        plain = text.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", text)
        plain = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return bounded(_NO_LETTERS.sub("-", plain).strip("-") or plain)


def sorting_key(title: str) -> str:
    """Where a title stands in the alphabet: 'The Time Machine' under T-i-m."""
    key = matching_key(title)
    for article in ("the-", "an-", "a-"):
        if key.startswith(article) and len(key) > len(article):
            return key.removeprefix(article)
    return key


def bounded(key: str) -> str:
    """The key, cut with a fingerprint of the rest: an index entry has room for a third of a page."""
    if len(key) <= LONGEST_KEY:
        return key
    return f"{key[:LONGEST_KEY]}~{hashlib.sha256(key.encode()).hexdigest()}"
