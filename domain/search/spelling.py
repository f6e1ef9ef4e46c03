"""What a mistyped word may have been meant to be."""

from collections.abc import Iterator, Mapping
from typing import Final

ONE_ERROR_FROM: Final = 4  # letters: a shorter word with one changed is another word
TWO_ERRORS_FROM: Final = 7
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def errors_forgiven(typed: str, meant: str) -> int:
    """How many typing errors there may be between them: the longer one counts, for letters get lost."""
    letters = max(len(typed), len(meant))
    return (letters >= ONE_ERROR_FROM) + (letters >= TWO_ERRORS_FROM)


def distance(one: str, other: str) -> int:
    """How many letters to change, add, leave out or swap with their neighbour make one of the other (optimal
    string alignment: Damerau, "A technique for computer detection and correction of spelling errors", 1964).
    """
    before, row = list[int](), list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        longest_ago, before, row = before, row, [i]
        for j, opposite in enumerate(other, start=1):
            cost = min(row[j - 1] + 1, before[j] + 1, before[j - 1] + (letter != opposite))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == opposite:
                cost = min(cost, longest_ago[j - 2] + 1)
            row.append(cost)
    return row[-1]


def one_error_away(word: str) -> set[str]:
    """Every text that one typing error makes of this one, with plain letters and those of its own."""
    return set(_edits(word, "".join(dict.fromkeys(_LETTERS + word)))) - {word}


def _edits(word: str, letters: str) -> Iterator[str]:
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        yield from (head + letter + tail for letter in letters)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in letters)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


def likeliest(typed: str, known: Mapping[str, int], *, errors: int, most: int) -> list[str]:
    """Those of the known words (each with how many works have it) that may be meant if the typed one holds at
    most so many errors, likeliest first: fewer errors before more, a right first letter before a wrong one
    (few miss it), frequent words before rare ones.
    """
    made = {word: distance(typed, word) for word in known if abs(len(word) - len(typed)) <= errors}
    meant = [word for word, count in made.items() if 0 < count <= min(errors, errors_forgiven(typed, word))]
    return sorted(meant, key=lambda w: (made[w], w[0] != typed[0], -known[w], w))[:most]
