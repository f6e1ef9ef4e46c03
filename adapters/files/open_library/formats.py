"""What libraries call the physical form of an edition, as one of the shop's formats."""

import re
from decimal import Decimal
from typing import Final

from domain.books.edition import WEIGHT_GRAMS
from domain.books.text import matching_key
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput

LONGEST_SHOWN: Final = 40


def _beginning(words: str) -> re.Pattern[str]:
    return re.compile(f"-(?:{'|'.join(words.split())})")


# Beginnings of words, as `matching_key` writes them. The first that fits counts: a cassette in a hard case is
# heard, not read, and a paperback with a map is a paperback.
_BOOKS: Final = {
    Format.AUDIOBOOK: _beginning("audio mp3 cassette compact-dis audible spoken horbuch hoerbuch"),
    Format.EBOOK: _beginning("ebook e-book electronic kindle epub mobi- pdf- online digital"),
    Format.HARDCOVER: _beginning(
        "hardcover hard-cover hardback hard-back hardbound hard-bound library-binding leather"
        " board-book cloth gebunden relie- reliure tapa-dura copertina-rigida cartonn inbunden turtleback"
        " school-library case-bound"
    ),
    Format.PAPERBACK: _beginning(
        "paperback paper-back paperbound paper- softcover soft-cover softback mass-market"
        " pocket broch taschenbuch tapa-blanda rustica spiral ring-bound pamphlet perfect pbk- staple"
        " copertina-flessibile poche- comb-bound plastic-comb"
    ),
}
_NO_BOOKS: Final = _beginning(
    "video vhs- dvd blu-ray film map- maps- calend cd-rom computer software micro toy game card- cards-"
    " sheet-music printed-music poster diary- stationery puzzle notebook slide globe magazine newspaper"
)
_DISCS: Final = _beginning("cd- cds-")  # what is left of them is neither data nor film
_WEIGHT: Final = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,4})?) *(pound|lb|ounce|oz|kilo|kg|gram|g)[a-z]*\.?")
_GRAMS: Final = {
    "pound": Decimal("453.59"), "lb": Decimal("453.59"), "ounce": Decimal("28.35"), "oz": Decimal("28.35"),
    "kilo": Decimal(1000), "kg": Decimal(1000), "gram": Decimal(1), "g": Decimal(1),
}  # fmt: skip


def format_of(told: object) -> Format | None:
    """None where nothing is told or nobody can tell. Raises InvalidInput for what is no book."""
    if not isinstance(told, str):
        return None
    words = f"-{matching_key(told)}-"
    for kind, beginnings in _BOOKS.items():
        if beginnings.search(words):
            return kind
    if _NO_BOOKS.search(words):
        raise InvalidInput("physical_format", f"{told[:LONGEST_SHOWN]!r} is no book.")
    return Format.AUDIOBOOK if _DISCS.search(words) else None


def grams_of(told: object) -> int | None:
    """From "1.4 pounds" to 635."""
    found = _WEIGHT.fullmatch(told.strip().lower()) if isinstance(told, str) else None
    if found is None:
        return None
    grams = int(Decimal(found[1]) * _GRAMS[found[2]] + Decimal("0.5"))
    return grams if grams in WEIGHT_GRAMS else None
