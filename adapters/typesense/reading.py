"""Three ways to read what was typed: as it stands, with errors, and with errors where words begin."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from adapters.typesense.schema import MIRRORS, mirrored
from application.search.query import Scope
from domain.search.text import SearchText

# Title before author before series before what is written about a work. Their order is all that matters to
# the engine; other numbers gave the same answers for a thousand questions.
WEIGHTS: Final = {"title_words": 4, "author_words": 3, "series_words": 2, "description_words": 1}
_TOLD: Final = "description_words"
_WITHIN: Final = {
    Scope.ANYWHERE: tuple(WEIGHTS),
    Scope.TITLE: ("title_words",),
    Scope.AUTHOR: ("author_words",),
}

# Into how many words an unfinished one may grow. All of them, or counts are wrong: with 4, as it comes, "s"
# found 43 works of 4,413. Of the 14,800 words in 10,000 titles, 1,500 begin with that.
EVERY_WORD: Final = 10_000
# The most popular of them: enough to offer something, and to find something where all of them take too long.
POPULAR_WORDS: Final = 20
LIKELY_WORDS: Final = 50  # that a mistyped one may have been; 1,000 took longer and found nothing more
# Milliseconds, together less than the half second after which nobody waits. Seldom reached: half of a shop of
# 200,000 works was found in 60.
WITHIN: Final = 250
HASTILY_WITHIN: Final = 200
# Milliseconds. Each of thirty words may be wrong in several ways: a guess may be given up, an answer may not.
GUESS_WITHIN: Final = 80
LONGER: Final = 7  # letters from which on two may be wrong
SHORTEST, SHORTEST_ALONE = 3, 4  # letters: among other words, three may be four less one


@dataclass(frozen=True, slots=True)
class Reading:
    """How the words are understood. A `guess` is for words that no work has as they were typed; in the
    `mirror` every word stands backwards.
    """

    growing: int = EVERY_WORD
    within: int = WITHIN
    guess: bool = False
    mirror: bool = False

    def parameters(self, text: SearchText, scope: Scope, *, names_only: bool) -> dict[str, object]:
        """What to ask for the words. Every word must be met, in any of the fields, or of those with names."""
        if not text:
            return {"q": "*", "search_cutoff_ms": self.within}
        fields = self._fields(scope)
        if names_only:
            fields = {field: weight for field, weight in fields.items() if field != _TOLD}
        return {
            "q": self._typed(text),
            "query_by": ",".join(fields),
            "query_by_weights": ",".join(map(str, fields.values())),
            "text_match_type": "max_weight",
            "prefix": text.unfinished and not self.mirror,
            "drop_tokens_threshold": 0,
            "max_candidates": self.growing,
            "search_cutoff_ms": self.within,
            "highlight_fields": ",".join(fields),
            "highlight_full_fields": ",".join(fields.keys() - {_TOLD}),
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
            return {"num_typos": 0, "split_join_tokens": "off"}
        return {
            "num_typos": 2,
            "min_len_1typo": SHORTEST if len(text.words) > 1 else SHORTEST_ALONE,
            "min_len_2typo": LONGER,
            "typo_tokens_threshold": 1,  # the fewest errors with which something is found
            "split_join_tokens": "fallback",
        }

    def _typed(self, text: SearchText) -> str:
        loose = list(text.words)  # each is looked for once, however often it was typed
        for word in (word for phrase in text.phrases for word in phrase):
            loose.remove(word)
        turned = mirrored if self.mirror else str
        return " ".join(
            [
                *(f'"{turned(" ".join(phrase))}"' for phrase in text.phrases),
                *map(turned, dict.fromkeys(loose)),
            ]
        )


EXACT: Final = Reading()
HASTY: Final = Reading(growing=POPULAR_WORDS, within=HASTILY_WITHIN)
# Typesense finds letters left out, added, changed and swapped, but not a first letter left out or added, nor
# often a second. Backwards, those are the last.
GUESSES: Final = (
    Reading(growing=LIKELY_WORDS, within=GUESS_WITHIN, guess=True),
    Reading(growing=LIKELY_WORDS, within=GUESS_WITHIN, guess=True, mirror=True),
)
