"""One spelling for what readers take for the same word: the index and the question are both folded by it."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

# Letters that Unicode does not take apart, as a reader without that keyboard types them.
_LETTERS: Final = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "\u0131": "i",
        "ħ": "h",
        "ŋ": "ng",
    }
)
_APOSTROPHES: Final = re.compile(r"['\u2018\u2019\u02bc\u0060\u00b4]")
_NO_LETTERS: Final = re.compile(r"[\W_]+")
# The same for plain text, three times as fast: an import folds a whole catalogue.
_PLAIN: Final[dict[int, int | None]] = {
    **{code: ord(" ") for code in range(128) if not chr(code).isalnum()},
    **dict.fromkeys(map(ord, "'`")),
}
_INITIALS: Final = re.compile(r"\b(\w) (?=\w\b)")
# A word of the original and whatever apostrophes it holds, for finding it again in what is shown.
_SHOWN_WORD: Final = re.compile(r"[^\W_](?:[^\W_]|['\u2018\u2019\u02bc](?=[^\W_])|[\u0300-\u036f])*")


def fold(text: str) -> str:
    """Words in lower case without accents, ligatures, apostrophes and punctuation, one blank between them:
    "Æsop's Fables — J. R. R. Tolkien" → "aesops fables jrr tolkien". Initials become one word, for
    readers write them in three ways.
    """
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.casefold())
        text = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)
        text = _NO_LETTERS.sub(" ", _APOSTROPHES.sub("", text.lower()))
    words = text.lower().translate(_PLAIN).split()
    plain = " ".join(words)
    return _INITIALS.sub(r"\1", plain) if min(map(len, words), default=0) == 1 else plain


@lru_cache(maxsize=20_000)  # the words of titles come back; folding one costs more than finding it here
def fold_word(word: str) -> str:
    """The fold of a single word."""
    return fold(word)


def shown_words(text: str) -> Iterator[tuple[int, int, str]]:
    """Each word of a text as shown: where it begins and ends, and its fold."""
    for found in _SHOWN_WORD.finditer(text):
        yield found.start(), found.end(), fold_word(found.group())
