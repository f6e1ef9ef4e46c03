"""Elements of XML and HTML: no more of them than is read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

DEEPEST: Final = 200  # elements in elements; pages of the trade have a tenth of it
MOST: Final = 50_000  # elements of one answer; large pages have a tenth of it, and each takes memory


@dataclass(slots=True, eq=False)
class Element:
    """`name` is without its namespace. What it holds is text and elements, in their order."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    holds: "list[Element | str]" = field(default_factory=list)

    @property
    def children(self) -> "Iterator[Element]":
        """The elements directly in it."""
        return (part for part in self.holds if isinstance(part, Element))

    def inside(self) -> "Iterator[Element]":
        """All elements in it at any depth, in the order of the document."""
        waiting = list(self.children)[::-1]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(list(element.children)[::-1])

    def text(self) -> str:
        """All text in it at any depth."""
        pieces: list[str] = []
        waiting: list[Element | str] = [self]
        while waiting:
            part = waiting.pop()
            if isinstance(part, str):
                pieces.append(part)
            else:
                waiting.extend(reversed(part.holds))
        return "".join(pieces)


class TooMuch(Exception):
    """There is more of it than anybody needs to name a price. The message says of what."""


class Tree:
    """Puts a document together as its parts come. What is open is the way from the document to where the next
    part goes.
    """

    def __init__(self) -> None:
        self.document = Element("")
        self.open = [self.document]
        self._count = 0

    def begin(self, element: Element, *, is_empty: bool = False) -> None:
        """An element, which stays open for what it holds."""
        self._count += 1
        if self._count > MOST:
            raise TooMuch(f"it has more than {MOST} elements")
        if len(self.open) > DEEPEST:
            raise TooMuch(f"it has elements more than {DEEPEST} deep")
        self.add(element)
        if not is_empty:
            self.open.append(element)

    def add(self, part: Element | str) -> None:
        """Text, or an element that is whole."""
        self.open[-1].holds.append(part)

    def open_from_inside(self) -> Iterable[int]:
        """The places in `open` of all but the document."""
        return range(len(self.open) - 1, 0, -1)
