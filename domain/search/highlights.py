"""Shows a reader where a work met what was typed."""

import html
from collections.abc import Collection
from typing import Final

from domain.search.folding import shown_words

LONGEST_SNIPPET: Final = 200  # characters: two lines on a phone
_BEFORE: Final = 60  # characters of context in front of the first match
_OPEN: Final = "<mark>"
_CLOSE: Final = "</mark>"
_ELLIPSIS: Final = "…"


def highlighted(text: str, words: Collection[str]) -> str | None:
    """The whole text, safe for HTML, with each word whose fold is one of `words` marked; None without any."""
    places = [(start, end) for start, end, word in shown_words(text) if word in words]
    return _marked(text, places) if places else None


def snippet(text: str, words: Collection[str]) -> str | None:
    """The piece of a long text around the first of `words`, marked; None without any."""
    first = next((start for start, _, word in shown_words(text) if word in words), None)
    if first is None:
        return None
    begin = _word_start(text, max(0, first - _BEFORE)) if first > _BEFORE else 0
    end = min(len(text), begin + LONGEST_SNIPPET)
    if end < len(text):
        end = max(text.rfind(" ", first, end), first + 1)
    piece = highlighted(text[begin:end], words) or html.escape(text[begin:end])
    return f"{_ELLIPSIS if begin else ''}{piece}{_ELLIPSIS if end < len(text) else ''}"


def _word_start(text: str, near: int) -> int:
    blank = text.find(" ", near)
    return blank + 1 if 0 <= blank < near + _BEFORE else near


def _marked(text: str, places: list[tuple[int, int]]) -> str:
    parts, done = [], 0
    for start, end in places:
        parts += [html.escape(text[done:start]), _OPEN, html.escape(text[start:end]), _CLOSE]
        done = end
    return "".join([*parts, html.escape(text[done:])])
