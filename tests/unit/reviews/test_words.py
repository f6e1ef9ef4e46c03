"""What is said in reviews is brought into one form, and nothing invisible comes along."""

import pytest

from domain.reviews.words import LONGEST_TEXT, LONGEST_TITLE, Words
from domain.shared.errors import InvalidInput


def test_blank_is_nothing_and_lines_are_tidied() -> None:
    assert Words.parse(" ", "\n\t \n", "") == Words()
    said = Words.parse("  Oh,\n Emma ", "First.\r\nSecond.\n\n\n \nThird.\tEnd. ", " J. \n F. ")
    assert said == Words("Oh, Emma", "First.\nSecond.\n\nThird. End.", "J. F.")


@pytest.mark.parametrize(
    "text",
    ["\u062e\u0627\u0646\u0647\u200c\u0647\u0627", "Family: 👨\u200d👩\u200d👧", "Café", "שלום\u200f!", "❤️"],
)
def test_every_script_and_emoji_may_be_used(text: str) -> None:
    assert Words.parse(None, text, None).text == text


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert Words.parse("Cafe\u0301", None, None) == Words.parse("Café", None, None)


@pytest.mark.parametrize(
    "hidden", ["\x00", "\x1b[31m", "\u202e", "\u2066", "\u200b", "\ufeff", "\U000e0041", "\x0b", "\ue000"]
)
def test_what_hides_or_turns_words_round_is_refused(hidden: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        Words.parse(None, f"Good{hidden} book", None)
    assert refused.value.field == "text"


def test_joiners_alone_say_nothing() -> None:
    assert Words.parse("\u200d\u200c", None, None) == Words()


@pytest.mark.parametrize(
    ("title", "text", "name", "field"),
    [
        ("x" * (LONGEST_TITLE + 1), None, None, "title"),
        (None, "x" * (LONGEST_TEXT + 1), None, "text"),
        (None, None, "x" * 41, "display_name"),
        (None, None, "jane@example.org", "display_name"),
        (None, None, "www.example.org", "display_name"),
        (None, None, "call 5550107", "display_name"),
    ],
)
def test_what_does_not_fit_is_named(
    title: str | None, text: str | None, name: str | None, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        Words.parse(title, text, name)
    assert refused.value.field == field


def test_the_same_text_in_other_clothes_is_alike() -> None:
    text = "A wonderful book that I recommend to everybody I have ever met."
    shouted = Words.parse(None, "  A WONDERFUL book, that I recommend\nto everybody I have ever met!!", None)
    assert Words.parse(None, text, None).likeness == shouted.likeness
    assert Words.parse(None, "Great book!", None).likeness is None
    assert Words.parse(text, None, None).likeness is None
