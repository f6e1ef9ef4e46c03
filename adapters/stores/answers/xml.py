"""Answers in XML, and paths into them: `catalogue/article/price/@currency`.

`name` is every child element of that name, whatever its namespace, `*` every child, `@name` an attribute,
`[2]` the second, `[@type=new]` or `[kind=new]` those with such an attribute or child, `..` the element
around, and `/` in front the document.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NoReturn, TypeAlias
from xml.parsers import expat

from adapters.stores.answers.elements import Element, TooMuch, Tree
from adapters.stores.answers.spot import BadPath, Path, Spot, Step, Unreadable, text_of, to_root, up, walk

Condition: TypeAlias = Callable[[list[Spot]], list[Spot]]

_SEGMENT: Final = re.compile(r"(?P<name>@?[\w.*:-]+)(?P<brackets>(?:\[[^\[\]]+\])*)")
_BRACKET: Final = re.compile(r"\[([^\[\]]+)\]")
_SLASHES: Final = re.compile(r"/(?![^\[\]]*\])")  # not those within brackets


def read_xml(body: bytes, charset: str | None) -> Spot:
    """The document. One that declares entities is refused unread: expanding them is how small answers become
    large ones, and strange files get read.
    """
    tree = Tree()

    def begin(name: str, attributes: dict[str, str]) -> None:
        tree.begin(Element(_local(name), {_local(key): value for key, value in attributes.items()}))

    def end(_: str) -> None:
        tree.open.pop()

    try:
        # A character set that the transport names outranks the document's own (RFC 7303, section 3).
        parser = expat.ParserCreate(charset, namespace_separator=" ")
        parser.StartElementHandler = begin
        parser.EndElementHandler = end
        parser.CharacterDataHandler = tree.add
        parser.EntityDeclHandler = _refuse_entities
        parser.ExternalEntityRefHandler = _refuse_entities
        parser.SkippedEntityHandler = _refuse_entities
        parser.Parse(body, True)
    except (expat.ExpatError, LookupError, ValueError):
        raise Unreadable("it is no XML") from None
    except TooMuch as why:
        raise Unreadable(str(why)) from None
    return Spot(tree.document)


def _refuse_entities(*_: object) -> NoReturn:
    raise Unreadable("it declares entities")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def xml_path(text: str) -> Path:
    """The path of that notation. Raises `BadPath`."""
    segments = _SLASHES.split(text.strip())
    steps: list[Step] = []
    if segments[0] == "" and len(segments) > 1:
        steps.append(to_root)
        segments = segments[1:]
    for segment in segments:
        steps.extend(_steps(segment, text))
    return walk(steps)


def _steps(segment: str, path: str) -> Iterable[Step]:
    if segment == "..":
        yield up
        return
    parts = _SEGMENT.fullmatch(segment)
    if parts is None:
        raise BadPath(f"{path!r} is no path: write it like catalogue/article/price/@currency")
    conditions = _BRACKET.findall(parts["brackets"])
    if parts["name"].startswith("@"):
        yield _attribute(parts["name"][1:])
    else:
        yield _children(parts["name"], [_condition(inside, path) for inside in conditions])


def _children(name: str, conditions: Sequence[Condition]) -> Step:
    def step(spot: Spot) -> Iterable[Spot]:
        if not isinstance(spot.value, Element):
            return []
        found = [Spot(child, spot) for child in spot.value.children if name in {"*", child.name}]
        for condition in conditions:
            found = condition(found)
        return found

    return step


def _condition(inside: str, path: str) -> Condition:
    if inside.isascii() and inside.isdigit() and int(inside):
        place = int(inside)
        return lambda found: found[place - 1 : place]
    name, equals, wanted = (part.strip() for part in inside.partition("="))
    if not name or not equals:
        raise BadPath(f"{path!r} is no path: [{inside}] should be [2], [@name=value] or [name=value]")
    look = xml_path(name)
    return lambda found: [spot for spot in found if wanted in {text_of(seen.value) for seen in look(spot)}]


def _attribute(name: str) -> Step:
    def step(spot: Spot) -> Iterable[Spot]:
        if isinstance(spot.value, Element) and name in spot.value.attributes:
            yield Spot(spot.value.attributes[name], spot)

    return step
