"""What was asked for, as PostgreSQL matches it. Folded words hold letters and digits alone, so neither a
tsquery nor a pattern made of them can mean anything else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from application.search.query import Scope, Wanted
from domain.search.text import SearchText

# Where words are looked for, in the order in which they weigh.
FIELDS: Final = {
    Scope.ANYWHERE: ("title_words", "author_words", "series_words", "description_words"),
    Scope.TITLE: ("title_words",),
    Scope.AUTHOR: ("author_words",),
}


@dataclass(frozen=True)
class Question:
    """The words with what may be meant instead of each."""

    text: SearchText
    needed: SearchText  # of these, what must be met
    scope: Scope
    by: SearchText
    meant: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, wanted: Wanted, meant: Mapping[str, Sequence[str]] | None = None) -> "Question":
        """The words of a search."""
        return cls(wanted.text, wanted.needed, wanted.scope, wanted.by, meant or {})

    def __bool__(self) -> bool:
        return bool(self.text or self.by)

    @cached_property
    def tsquery(self) -> str:
        """Every word, or what is meant by it, somewhere. Where that is, patterns tell."""
        words = (self._alternatives(word) for word in dict.fromkeys(self.needed.words))
        return " & ".join([*words, *(f"'{word}'" for word in self.by.words)])

    @cached_property
    def phrases(self) -> list[str]:
        """For each phrase, what a text between two blanks has to be LIKE to hold it."""
        return [f"% {' '.join(phrase)} %" for phrase in self.text.phrases]

    @cached_property
    def names(self) -> list[str]:
        """The same for each word of the authors."""
        return [f"% {word} %" for word in self.by.words]

    @property
    def as_typed(self) -> bool:
        """Whether nothing else may be meant: then patterns are for LIKE, which is far cheaper than `~`."""
        return not self.meant

    @cached_property
    def patterns(self) -> list[str]:
        """For each word, what a text between two blanks has to match to hold it."""
        around = "%" if self.as_typed else ""
        return [f"{around} {self._up_to_its_end(word)}{around}" for word in dict.fromkeys(self.needed.words)]

    @cached_property
    def finished(self) -> list[str]:
        """The same, with nothing to be added to the last word."""
        around = "%" if self.as_typed else ""
        return [f"{around} {self._any_of(word)} {around}" for word in dict.fromkeys(self.needed.words)]

    @cached_property
    def whole(self) -> str:
        """What such a text matches if it is made of all the words in their order."""
        words = " ".join(map(self._any_of, self.text.words))
        return f" {words} " if self.as_typed else f"^ {words} $"

    @cached_property
    def beginning(self) -> str:
        """What such a text matches if it begins with all the words in their order."""
        *before, last = self.text.words or ("",)
        words = " ".join([*map(self._any_of, before), self._up_to_its_end(last)])
        return f" {words}%" if self.as_typed else f"^ {words}"

    def met_in(self, texts: Mapping[str, str]) -> tuple[str, ...]:
        """The words of a work that met the question."""
        wanted = {*self.needed.words, *(one for word in self.needed.words for one in self._instead(word))}
        found = (word for field in FIELDS[self.scope] for word in texts[field].split())
        return tuple(dict.fromkeys(word for word in found if word in wanted or word.startswith(self._begun)))

    @cached_property
    def _begun(self) -> tuple[str, ...]:
        """What may be the beginning of a longer word; not when it stands before as a whole one, too."""
        *before, last = self.needed.words or ("",)
        return (last,) if self.needed.unfinished and last not in before else ()

    def _instead(self, word: str) -> Sequence[str]:
        return self.meant.get(word, ())

    def _alternatives(self, word: str) -> str:
        found = [f"'{one}':*" if one in self._begun else f"'{one}'" for one in (word, *self._instead(word))]
        return found[0] if len(found) == 1 else f"({' | '.join(found)})"

    def _any_of(self, word: str) -> str:
        others = self._instead(word)
        return f"(?:{'|'.join((word, *others))})" if others else word

    def _up_to_its_end(self, word: str) -> str:
        """With the blank behind it, unless it may go on."""
        if word not in self._begun:
            return f"{self._any_of(word)} "
        others = "".join(f"|{other} " for other in self._instead(word))
        return f"(?:{word}{others})" if others else word
