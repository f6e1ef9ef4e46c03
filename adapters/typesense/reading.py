"""Three ways to read what was typed: as it stands, with errors, and with errors where words begin."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from adapters.typesense.schema import MIRRORS, mirrored
from application.search.query import Scope
from domain.search.text import SearchText

# Title before author before series before what is written about a work; measured on 10,000 works, the
# distances matter little and the order matters.
WEIGHTS: Final = {"title_words": 8, "author_words": 5, "series_words": 3, "description_words": 1}
_WITHIN: Final = {
    Scope.ANYWHERE: tuple(WEIGHTS),
    Scope.TITLE: ("title_words",),
    Scope.AUTHOR: ("author_words",),
}

# Words that an unfinished one may become. All of them, for exact counts: at 4, its default, "s" found 43 of
# 4,413 works. More than a catalogue of a million works has for any two letters.
EVERY_WORD: Final = 10_000
LIKELY_WORDS: Final = 50  # words that a mistyped one may have been; more cost time and found nothing more
EXACT_WITHIN: Final = 500  # milliseconds; a question with one letter at a million works takes half of it
# Milliseconds. Each of thirty words may be wrong in several ways: a guess may be given up, an answer may not.
GUESS_WITHIN: Final = 80
LONGER: Final = 7  # letters from which on two may be wrong
SHORTEST, SHORTEST_ALONE = 3, 4  # letters: among other words, three may be four less one


@dataclass(frozen=True, slots=True)
class Reading:
    """How the words are understood. A `guess` is tried only when nothing has the words as they stand."""

    guess: bool = False
    mirror: bool = False

    def parameters(self, text: SearchText, scope: Scope) -> dict[str, object]:
        """What to ask for the words. Every word must be met, in any of the fields."""
        if not text:
            return {"q": "*", "search_cutoff_ms": EXACT_WITHIN}
        fields = self._fields(scope)
        return {
            "q": self._typed(text),
            "query_by": ",".join(fields),
            "query_by_weights": ",".join(map(str, fields.values())),
            "text_match_type": "max_weight",
            "prefix": text.unfinished and not self.mirror,
            "drop_tokens_threshold": 0,
            "highlight_fields": ",".join(fields),
            "highlight_full_fields": ",".join(fields.keys() - {"description_words"}),
            **self._tolerance(text),
        }

    def words_as_indexed(self, words: str) -> str:
        """Words of a field as it is searched, the right way round."""
        return mirrored(words) if self.mirror else words

    def _fields(self, scope: Scope) -> Mapping[str, int]:
        read = _WITHIN[scope]
        if self.mirror:
            return {MIRRORS[field]: WEIGHTS[field] for field in read if field in MIRRORS}
        return {field: WEIGHTS[field] for field in read}

    def _tolerance(self, text: SearchText) -> dict[str, object]:
        if not self.guess:
            return {
                "num_typos": 0,
                "max_candidates": EVERY_WORD,
                "split_join_tokens": "off",
                "search_cutoff_ms": EXACT_WITHIN,
            }
        return {
            "num_typos": 2,
            "min_len_1typo": SHORTEST if len(text.words) > 1 else SHORTEST_ALONE,
            "min_len_2typo": LONGER,
            "typo_tokens_threshold": 1,  # the fewest errors with which something is found
            "max_candidates": LIKELY_WORDS,
            "split_join_tokens": "fallback",
            "search_cutoff_ms": GUESS_WITHIN,
        }

    def _typed(self, text: SearchText) -> str:
        loose = list(text.words)
        for word in (word for phrase in text.phrases for word in phrase):
            loose.remove(word)
        turned = mirrored if self.mirror else str
        return " ".join([*(f'"{turned(" ".join(phrase))}"' for phrase in text.phrases), *map(turned, loose)])


EXACT: Final = Reading()
# Typesense finds letters left out, added, changed and swapped, but not a first letter left out or added, nor
# often a second. Backwards, those are the last.
GUESSES: Final = (Reading(guess=True), Reading(guess=True, mirror=True))
