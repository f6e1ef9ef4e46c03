"""Text is read as the model learned to read: the numbers are those of the `tokenizers` library."""

import pytest

from adapters.embeddings.wordpiece import VOCABULARY, WordPieces

BEGIN, END, UNKNOWN = 101, 102, 100


@pytest.fixture(scope="session")
def pieces() -> WordPieces:
    return WordPieces()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (
            "The Hobbit, or There and Back Again",
            [1996, 7570, 10322, 4183, 1010, 2030, 2045, 1998, 2067, 2153],
        ),
        ("Les Misérables \u2013 Ünïcödé", [4649, 13736, 2015, 1516, 27260]),
        ("ΟΔΥΣΣΕΥΣ", [1169, 29722, 29735, 29733, 29733, 29723, 29735, 29733]),
        ("三体 and 銀河", [1741, UNKNOWN, 1998, UNKNOWN, 1899]),
        ("antidisestablishmentarianism", [3424, 10521, 4355, 7875, 13602, 3672, 12199, 2964]),
        ("zero\u200bwidth\ttab\u00a0blank\x00", [5717, 9148, 11927, 2232, 21628, 8744]),
        ("$9.99 C++ <b>", [1002, 1023, 1012, 5585, 1039, 1009, 1009, 1026, 1038, 1028]),
        ("x" * 101, [UNKNOWN]),
        ("", []),
    ],
)  # fmt: skip
def test_a_text_is_read_in_pieces(pieces: WordPieces, text: str, numbers: list[int]) -> None:
    assert pieces.numbers(text, longest=256) == [BEGIN, *numbers, END]


def test_a_long_text_ends_where_the_model_stops(pieces: WordPieces) -> None:
    found = pieces.numbers("word " * 1_000, longest=256)
    assert len(found) == 256
    assert (found[0], found[-1]) == (BEGIN, END)


def test_a_signs_name_in_a_title_is_a_word_like_any_other(pieces: WordPieces) -> None:
    assert END not in pieces.numbers("[SEP] [CLS]", longest=256)[1:-1]


def test_the_vocabulary_is_whole() -> None:
    assert len(VOCABULARY.read_text(encoding="utf-8").splitlines()) == 30_522
