"""HTML in pieces: tags and text, as the HTML Standard (13.2.5) cuts them, in one pass.

`html.parser` takes minutes for 100 KB of `<a <a <a`, and a page is whatever somebody else sends us.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final

# What stands in these is text up to their end tag, whatever it looks like; entities count in the latter two.
RAW: Final = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes"})
TEXTUAL: Final = frozenset({"textarea", "title"})
_TAG: Final = re.compile(r"[a-zA-Z][^\s/>]*")
_BLANKS: Final = re.compile(r"[\s/]*")
_NAME: Final = re.compile(r"[^\s/>][^\s/>=]*")  # also one that begins with "="
_VALUE: Final = re.compile(
    r"""\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>"'][^\s>]*|(?=>)))"""
)


@dataclass(frozen=True, slots=True)
class Begin:
    """A start tag; of attributes that are told twice the first counts."""

    name: str
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class End:
    """An end tag."""

    name: str


def tokens(page: str) -> Iterator[Begin | End | str]:
    """The pieces of the page. A tag that the page ends in is none."""
    place = 0
    while place < len(page):
        sign = page.find("<", place)
        if sign < 0:
            yield unescape(page[place:])
            return
        if sign > place:
            yield unescape(page[place:sign])
        token, place = _token(page, sign)
        if token is None:
            continue
        yield token
        if isinstance(token, Begin) and token.name in RAW | TEXTUAL:
            text, place = _inside(page, place, token.name)
            yield text


def _token(page: str, sign: int) -> tuple[Begin | End | str | None, int]:
    """What begins with the `<` there, and where the next begins."""
    if tag := _TAG.match(page, sign + 1):
        return _begin(page, tag)
    if page.startswith("</", sign):
        tag = _TAG.match(page, sign + 2)
        return (End(tag[0].lower()) if tag else None), _after(page, ">", sign)
    if page.startswith("<!--", sign):
        return None, _after(page, "-->", sign + 2)  # "<!-->" is a whole comment
    if page.startswith(("<!", "<?"), sign):
        return None, _after(page, ">", sign)
    return "<", sign + 1


def _begin(page: str, tag: re.Match[str]) -> tuple[Begin | None, int]:
    attributes: dict[str, str] = {}
    place = tag.end()
    while True:
        place = _end_of(_BLANKS, page, place)
        if page.startswith(">", place):
            return Begin(tag[0].lower(), attributes), place + 1
        name = _NAME.match(page, place)
        if name is None:
            return None, len(page)
        value = _VALUE.match(page, name.end())
        place = value.end() if value else _past_equals(page, name.end())
        attributes.setdefault(
            name[0].lower(), unescape(value[value.lastgroup or "bare"] or "") if value else ""
        )


def _past_equals(page: str, place: int) -> int:
    """An attribute without a value, unless a quote follows that is never closed: then the page is over."""
    sign = _end_of(_BLANKS, page, place)
    return len(page) if page.startswith("=", sign) else place


def _end_of(pattern: re.Pattern[str], page: str, place: int) -> int:
    found = pattern.match(page, place)
    return found.end() if found else place


def _inside(page: str, place: int, name: str) -> tuple[str, int]:
    end = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(page, place)
    text = page[place : end.start() if end else len(page)]
    return (unescape(text) if name in TEXTUAL else text), end.start() if end else len(page)


def _after(page: str, words: str, place: int) -> int:
    found = page.find(words, place)
    return len(page) if found < 0 else found + len(words)
