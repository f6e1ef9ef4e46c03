"""From whatever others write in a field to what may stand in ours, or to nothing: a bad one spoils itself."""

import html
import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from domain.books.edition import LONGEST_COVER, PAGES
from domain.books.languages import language_tag
from domain.books.text import demand_language_tag, demand_printable
from domain.books.work import LONGEST_DESCRIPTION, LONGEST_NAME, LONGEST_TITLE, MOST_AUTHORS
from domain.shared.errors import InvalidInput
from domain.shared.isbn import Isbn

MOST_SUBJECTS: Final = 30
_BREAK: Final = re.compile(r"<(?:br|/p|/li|/div|/h[1-6])\b[^<>]*>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[a-zA-Z!][^<>]*>")
_ISO: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:T.*)?)?)?")
_MONTH: Final = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\b",
    re.IGNORECASE,
)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR: Final = re.compile(r"(?<![0-9])(1[4-9][0-9]{2}|20[0-9]{2})(?![0-9])")
YEARS: Final = range(1400, 2100)  # printed since Gutenberg, announced for this century
_DAY: Final = re.compile(r"(?<![0-9])(0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![0-9])")


def line(value: object, longest: int) -> str | None:
    """One line of words."""
    if not isinstance(value, str):
        return None
    text = " ".join(unicodedata.normalize("NFC", value).split())
    try:
        demand_printable("text", text, longest)
    except InvalidInput:
        return None
    return text


def title(value: object) -> str | None:
    """A title; libraries end many with the punctuation of a catalogue card ("Emma /")."""
    text = line(value, LONGEST_TITLE)
    return line(text.rstrip(" /:;,="), LONGEST_TITLE) if text else None


def names(values: object, most: int = MOST_AUTHORS) -> tuple[str, ...]:
    """Names in order, each once."""
    if not isinstance(values, list):
        return ()
    told = (line(value, LONGEST_NAME) for value in values)
    return tuple(islice(dict.fromkeys(name for name in told if name), most))


def subjects(values: object) -> tuple[str, ...]:
    """What it is about, in the source's words."""
    return names(values, MOST_SUBJECTS)


def prose(value: object, longest: int = LONGEST_DESCRIPTION) -> str | None:
    """Paragraphs without markup, cut at a word when there are too many."""
    if not isinstance(value, str):
        return None
    plain = html.unescape(_TAG.sub("", _BREAK.sub("\n", value)))
    lines = (" ".join(part.split()) for part in unicodedata.normalize("NFC", plain).splitlines())
    text = "\n".join(part for part in lines if part)
    if len(text) > longest:
        text = text[: longest - 1].rsplit(maxsplit=1)[0] + "…"
    try:
        demand_printable("text", text, longest)
    except InvalidInput:
        return None
    return text


def published(value: object) -> str | None:
    """When it came out, as exactly as it is told: `1991`, `1991-10` or `1991-10-01`."""
    if not isinstance(value, str) or len(value) > LONGEST_NAME:
        return None
    if iso := _ISO.fullmatch(value.strip()):
        return _calendar(int(iso[1]), int(iso[2] or 0), int(iso[3] or 0))
    years = set(_YEAR.findall(value))
    if len(years) != 1:
        return None
    rest = _YEAR.sub(" ", value)
    month, day = _MONTH.search(rest), _DAY.search(rest)
    if month is None:
        return _calendar(int(years.pop()), 0, 0)
    return _calendar(int(years.pop()), 1 + _MONTHS.index(month[1].lower()), int(day[1]) if day else 0)


def day_of(told: str | None) -> date | None:
    """The day, where one is told."""
    return date.fromisoformat(told) if told and len(told) == len("1991-10-01") else None


def language(value: object) -> str | None:
    """A BCP 47 tag."""
    if not isinstance(value, str):
        return None
    tag = language_tag(value.strip())
    try:
        demand_language_tag("language", tag or "")
    except InvalidInput:
        return None
    return tag


def pages(value: object) -> int | None:
    """A number of pages."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value in PAGES else None


def picture(value: object) -> str | None:
    """An https address of a picture; http becomes https."""
    if not isinstance(value, str) or not value.isascii() or not value.isprintable() or " " in value:
        return None
    address = "https://" + value.removeprefix("http://") if value.startswith("http://") else value
    try:
        place = urlsplit(address)
    except ValueError:
        return None
    well = place.scheme == "https" and place.hostname and "@" not in place.netloc
    return address if well and len(address) <= LONGEST_COVER else None


def isbns(values: Iterable[object]) -> list[Isbn]:
    """The right ones among what stands there, each once."""
    found: dict[Isbn, None] = {}
    for value in values:
        try:
            found[Isbn.parse(str(value))] = None
        except InvalidInput:
            continue  # libraries keep mistyped numbers as printed
    return list(found)


def _calendar(year: int, month: int, day: int) -> str | None:
    """As exact as it makes sense: the 31st of June is some day in June."""
    if year not in YEARS or month > len(_MONTHS):
        return None
    if not month:
        return f"{year:04d}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return f"{year:04d}-{month:02d}"
