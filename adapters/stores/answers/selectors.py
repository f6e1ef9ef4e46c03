"""Paths into pages: the selectors of CSS, `table#offers tr.offer > td.price @data-amount`.

A blank is any depth, `>` a child; an element is chosen by name, `.class`, `#id`, `[attribute]` or
`[attribute=value]`; `@name` at the end takes an attribute in place of the text. `/` in front looks in the
whole page.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from adapters.stores.answers.elements import Element
from adapters.stores.answers.spot import BadPath, Path, Spot

Test: TypeAlias = Callable[[Element], bool]
Stage: TypeAlias = Callable[[Sequence[Spot]], list[Spot]]

_WORD: Final = re.compile(r">|(?:[^\s>\[\]]|\[[^\[\]]*\])+|\S")
_PART: Final = re.compile(
    r"""(?P<kind>[.#]?)(?P<name>[\w-]+)|\[(?P<attribute>[\w:-]+)(?:=["']?(?P<value>[^"']*?)["']?)?\]|\*"""
)


def selector(text: str) -> Path:
    """The path of that notation. Raises `BadPath`."""
    from_the_page = text.startswith("/")
    stages = list(_stages(_WORD.findall(text.removeprefix("/")), text))

    def find(start: Spot) -> Sequence[Spot]:
        spots = [start.root if from_the_page else start]
        for stage in stages:
            spots = stage(spots)
        return spots

    return find


def _stages(words: Sequence[str], text: str) -> Iterator[Stage]:
    if not words or words[-1] == ">":
        raise _bad(text)
    children = False
    for place, word in enumerate(words):
        if word == ">":
            if children:
                raise _bad(text)
            children = True
        elif not word.startswith("@"):
            yield _chosen(_test(word, text), _children if children else _descendants)
            children = False
        elif place + 1 == len(words):
            yield _attributes(word[1:])
        else:
            raise _bad(text)


def _bad(text: str) -> BadPath:
    return BadPath(f"{text!r} is no selector: write it like tr.offer > td.price or span.isbn @content")


def _test(word: str, text: str) -> Test:
    parts = list(_PART.finditer(word))
    if "".join(part[0] for part in parts) != word:
        raise _bad(text)
    tests = [_part(part) for part in parts]
    return lambda element: all(test(element) for test in tests)


def _part(part: re.Match[str]) -> Test:
    name, attribute, value = part["name"], part["attribute"], part["value"]
    if attribute is not None:
        if value is None:
            return lambda element: attribute in element.attributes
        return lambda element: element.attributes.get(attribute) == value
    match part["kind"]:
        case ".":
            return lambda element: name in element.attributes.get("class", "").split()
        case "#":
            return lambda element: element.attributes.get("id") == name
        case _:
            return lambda element: name in {None, element.name}


def _chosen(test: Test, among: Callable[[Sequence[Spot]], Iterator[Spot]]) -> Stage:
    return lambda spots: [
        spot for spot in among(spots) if isinstance(spot.value, Element) and test(spot.value)
    ]


def _children(spots: Sequence[Spot]) -> Iterator[Spot]:
    for spot in spots:
        if isinstance(spot.value, Element):
            yield from (Spot(child, spot) for child in spot.value.children)


def _descendants(spots: Sequence[Spot]) -> Iterator[Spot]:
    """Each once. Spots come in the order of the page, so what lies in an earlier one has been looked at."""
    seen: set[int] = set()
    for spot in spots:
        if isinstance(spot.value, Element) and id(spot.value) not in seen:
            for element in spot.value.inside():
                seen.add(id(element))
                yield Spot(element, spot)


def _attributes(name: str) -> Stage:
    return lambda spots: [
        Spot(spot.value.attributes[name], spot)
        for spot in spots
        if isinstance(spot.value, Element) and name in spot.value.attributes
    ]
