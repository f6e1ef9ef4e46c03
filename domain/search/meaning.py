"""What is embedded of a work, and the fingerprint by which it is embedded once."""

import hashlib
from collections.abc import Sequence
from typing import Final

MOST_AUTHORS: Final = 5  # an anthology's others would drown what it is about
# Characters of a description, some 130 word pieces: small models are trained on texts no longer than that,
# and their time grows with the length.
LONGEST_TOLD: Final = 600


def told(
    title: str,
    authors: Sequence[str],
    series: str | None = None,
    categories: Sequence[str] = (),
    description: str | None = None,
) -> str:
    """A work in a few plain words, as a reader would tell of it; what matters most stands in front."""
    sentences = [f"{title} by {', '.join(authors[:MOST_AUTHORS])}", series, ", ".join(categories)]
    opening = ". ".join(sentence for sentence in sentences if sentence)
    return f"{opening}. {_beginning(description or '')}".rstrip()


def content_hash(model: str, text: str) -> bytes:
    """Equal for equal texts of one model."""
    return hashlib.sha256(f"{model}\n{text}".encode()).digest()


def _beginning(text: str) -> str:
    """As much as is told, in whole words."""
    plain = " ".join(text.split())
    if len(plain) <= LONGEST_TOLD:
        return plain
    return plain[: LONGEST_TOLD + 1].rpartition(" ")[0] or plain[:LONGEST_TOLD]
