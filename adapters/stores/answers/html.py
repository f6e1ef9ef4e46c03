"""Pages in HTML as elements. They are as careless as anybody's, so this reads as a browser would."""

import re
from typing import Final

from adapters.stores.answers.elements import Element, TooMuch, Tree
from adapters.stores.answers.html_tokens import Begin, End, tokens
from adapters.stores.answers.spot import Spot, Unreadable

VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input"}
    | {"link", "meta", "param", "source", "track", "wbr"}
)
# Whose end tag may be left out: each is closed by the next of the same group, within the same container.
_BROTHERS: Final = {
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "tr": {"tr"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "option": {"option"},
    "p": {"p"},
}
_CONTAINERS: Final = frozenset(
    {"ul", "ol", "dl", "table", "tbody", "thead", "tfoot", "select", "div", "main", "article", "section"}
)
_META_CHARSET: Final = re.compile(rb"""<meta[^>]{0,200}charset=["']?([A-Za-z0-9_-]{1,40})""", re.IGNORECASE)
_HEAD: Final = 1024  # bytes in which a page must name its character set (HTML Standard, 4.2.5.4)


def read_html(body: bytes, charset: str | None) -> Spot:
    """The page."""
    named = _META_CHARSET.search(body[:_HEAD])
    charset = charset or (named[1].decode() if named else "utf-8")
    try:
        page = body.decode(charset, errors="replace")
    except LookupError:
        raise Unreadable(f"it is written in {charset!r}, which nobody knows") from None
    tree = Tree()
    try:
        _build(tree, page)
    except TooMuch as why:
        raise Unreadable(str(why)) from None
    return Spot(tree.document)


def _build(tree: Tree, page: str) -> None:
    for token in tokens(page):
        match token:
            case Begin():
                _close_brothers(tree, token.name)
                tree.begin(Element(token.name, token.attributes), is_empty=token.name in VOID)
            case End():
                _close(tree, token.name)
            case _:
                tree.add(token)


def _close(tree: Tree, name: str) -> None:
    """An element ends, and with it what was left open in it; an end without a beginning is nothing."""
    place = next((place for place in tree.open_from_inside() if tree.open[place].name == name), None)
    if place is not None:
        del tree.open[place:]


def _close_brothers(tree: Tree, name: str) -> None:
    closing = _BROTHERS.get(name, set())
    for place in tree.open_from_inside():
        if tree.open[place].name in _CONTAINERS:
            return
        if tree.open[place].name in closing:
            del tree.open[place:]
            return
