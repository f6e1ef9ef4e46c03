"""What pages tell programs in the words of schema.org: in JSON-LD, or in microdata between the lines.

Both become the same list of things, `[{"@type": "Book", "isbn": …, "offers": […]}]`, and are read with the
paths of JSON.
"""

import re
from collections.abc import Iterator
from typing import Final

from adapters.stores.answers.elements import DEEPEST, Element
from adapters.stores.answers.html import read_html
from adapters.stores.answers.json_data import loads
from adapters.stores.answers.spot import Spot, Unreadable

_VOCABULARY: Final = re.compile(r"^https?://schema\.org/")
# Where an element's value stands, if not in its text (HTML Standard, 5.2.4); `content` counts on any element,
# as schema.org's own examples have it.
_VALUE_IN: Final = {
    "a": "href",
    "area": "href",
    "link": "href",
    "img": "src",
    "data": "value",
    "meter": "value",
    "time": "datetime",
}


def read_json_ld(body: bytes, charset: str | None) -> Spot:
    """The things its scripts tell of. A script that is no JSON is passed over if another one is."""
    page = read_html(body, charset).value
    things: list[object] = []
    scripts = [element for element in _inside(page) if _is_json_ld(element)]
    broken = 0
    for script in scripts:
        try:
            things.extend(_flat(_bare(loads(script.text()))))
        except Unreadable:
            broken += 1
    if broken == len(scripts):
        raise Unreadable("it holds no JSON-LD")
    return Spot(things)


def read_microdata(body: bytes, charset: str | None) -> Spot:
    """The things it marks, outermost first."""
    page = read_html(body, charset).value
    things = [
        _thing(element)
        for element in _inside(page)
        if "itemscope" in element.attributes and "itemprop" not in element.attributes
    ]
    if not things:
        raise Unreadable("it holds no microdata")
    return Spot(things)


def _inside(page: object) -> Iterator[Element]:
    return page.inside() if isinstance(page, Element) else iter(())


def _is_json_ld(element: Element) -> bool:
    kind = element.attributes.get("type", "").partition(";")[0].strip().lower()
    return element.name == "script" and kind == "application/ld+json"


def _flat(found: object) -> Iterator[object]:
    for thing in found if isinstance(found, list) else [found]:
        graph = thing.get("@graph") if isinstance(thing, dict) else None
        if isinstance(graph, list):
            yield from graph
        else:
            yield thing


def _bare(value: object, depth: int = 0) -> object:
    """Without the address of the vocabulary: `InStock` is written in four ways."""
    if depth > DEEPEST:
        raise Unreadable("it is nested too deep")
    match value:
        case str():
            return _VOCABULARY.sub("", value)
        case list():
            return [_bare(entry, depth + 1) for entry in value]
        case dict():
            return {name: _bare(entry, depth + 1) for name, entry in value.items()}
    return value


def _thing(scope: Element) -> dict[str, object]:
    told: dict[str, list[object]] = {}
    for element in _properties(scope):
        value = _thing(element) if "itemscope" in element.attributes else _value(element)
        for name in element.attributes["itemprop"].split():
            told.setdefault(name, []).append(value)
    kinds = [_VOCABULARY.sub("", kind) for kind in scope.attributes.get("itemtype", "").split()]
    thing: dict[str, object] = {
        name: values[0] if len(values) == 1 else values for name, values in told.items()
    }
    return {"@type": kinds[0] if len(kinds) == 1 else kinds, **thing}


def _properties(scope: Element) -> Iterator[Element]:
    """The elements that tell of this thing, and not of one within it."""
    waiting = list(scope.children)[::-1]
    while waiting:
        element = waiting.pop()
        if "itemprop" in element.attributes:
            yield element
        if "itemscope" not in element.attributes:
            waiting.extend(list(element.children)[::-1])


def _value(element: Element) -> str:
    place = "content" if "content" in element.attributes else _VALUE_IN.get(element.name, "")
    return _VOCABULARY.sub("", element.attributes.get(place, "") if place else element.text())
