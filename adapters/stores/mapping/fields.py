"""One fact of an offer or an order, and where an answer tells it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from adapters.stores.answers.spot import Path, Spot, Unreadable, text_of

LONGEST: Final = 1000  # characters of one fact; what is longer is no fact
SHOWN: Final = 60  # characters of what a store said, in a message
ANY_OTHER: Final = "*"  # the word that stands for all that are not described
LEAVE_OUT: Final = "leave_out"  # the meaning of words for offers that are not for us


class LeftOut(Exception):
    """By its description this offer is none for us."""


@dataclass(frozen=True, slots=True)
class Fact:
    """`key` is where the description speaks of it, for messages. `paths` are tried in their order. Without
    any it is `always` the same; `otherwise` stands in where the answer does not tell. `words` are the store's
    own and what they mean, in small letters.
    """

    key: str
    paths: Sequence[Path] = ()
    always: str | None = None
    otherwise: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    pattern: re.Pattern[str] | None = None

    def said(self, spot: Spot) -> str | None:
        """What the answer says of it there, in the store's own words; None where it says nothing."""
        for path in self.paths:
            for found in path(spot):
                if (text := self._text(found)) is not None:
                    return text
        return None

    def told(self, spot: Spot) -> str | None:
        """What it is; None where neither the answer nor the description tells."""
        if self.always is not None:
            return self.always
        said = self.said(spot)
        return self.otherwise if said is None else self._meaning(said)

    def all_told(self, spot: Spot) -> list[str]:
        """Everything that the answer says of it, by all paths."""
        if self.always is not None:
            return [self.always]
        texts = [self._text(found) for path in self.paths for found in path(spot)]
        return [self._meaning(text) for text in texts if text is not None]

    def demanded(self, spot: Spot) -> str:
        """What the answer says of it. Raises `Unreadable` where it says nothing."""
        told = self.told(spot)
        if told is None:
            raise Unreadable(f"{self.key}: the answer does not tell it")
        return told

    def _text(self, found: Spot) -> str | None:
        try:
            text = text_of(found.value)
        except Unreadable as why:
            raise Unreadable(f"{self.key}: {why}") from None
        if len(text) > LONGEST:
            raise Unreadable(f"{self.key}: it is longer than {LONGEST} characters")
        if self.pattern is None:
            return text or None
        match = self.pattern.search(text)
        return (match[1] or None) if match else None

    def _meaning(self, text: str) -> str:
        if not self.words:
            return text
        meaning = self.words.get(text.casefold(), self.words.get(ANY_OTHER))
        if meaning is None:
            raise Unreadable(
                f"{self.key}: {text[:SHOWN]!r} is none of the words described; add it to {self.key}.words"
            )
        if meaning == LEAVE_OUT:
            raise LeftOut
        return meaning


@dataclass(frozen=True, slots=True)
class Where:
    """Of all that an answer lists, those that say one of these words at each of these places."""

    accepted: Sequence[tuple[Path, frozenset[str]]] = ()

    def met(self, spot: Spot) -> bool:
        """Whether it is meant."""
        return all(
            any(text_of(found.value) in words for found in path(spot)) for path, words in self.accepted
        )
