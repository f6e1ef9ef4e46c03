"""An ISBN is kept as thirteen digits, and a mistyped one never gets in."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.shared.errors import InvalidInput
from domain.shared.isbn import Isbn, isbn10_check_digit, isbn13_check_digit

nine_digits = st.text("0123456789", min_size=9, max_size=9)
separators = st.sampled_from(["", "-", " ", "\u2011", "\u00a0"])


@st.composite
def isbn10s(draw: st.DrawFn) -> str:
    stem = draw(nine_digits)
    return stem + isbn10_check_digit(stem)


@st.composite
def isbn13s(draw: st.DrawFn) -> str:
    stem = "978" + draw(nine_digits)
    return stem + isbn13_check_digit(stem)


@given(isbn10s())
def test_an_isbn10_survives_the_way_to_thirteen_digits_and_back(isbn10: str) -> None:
    assert Isbn.parse(isbn10).isbn10 == isbn10


@given(isbn13s(), st.lists(separators, min_size=13, max_size=13))
def test_hyphens_and_spaces_between_the_digits_do_not_matter(isbn13: str, between: list[str]) -> None:
    written = "".join(digit + gap for digit, gap in zip(isbn13, between, strict=True))
    assert Isbn.parse(f"  {written} ").value == isbn13


@given(isbn13s(), st.integers(3, 12), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(isbn13: str, place: int, shift: int) -> None:
    wrong = str((int(isbn13[place]) + shift) % 10)
    with pytest.raises(InvalidInput, match="check digit"):
        Isbn.parse(isbn13[:place] + wrong + isbn13[place + 1 :])


@given(isbn10s(), st.integers(0, 8))
def test_two_swapped_neighbours_in_an_isbn10_are_always_noticed(isbn10: str, place: int) -> None:
    swapped = isbn10[:place] + isbn10[place + 1] + isbn10[place] + isbn10[place + 2 :]
    if swapped == isbn10 or "X" in swapped[:9]:
        return
    with pytest.raises(InvalidInput, match="check digit"):
        Isbn.parse(swapped)


@given(st.text(max_size=30))
def test_any_text_is_either_an_isbn_or_refused(text: str) -> None:
    with suppress(InvalidInput):
        assert len(Isbn.parse(text).value) == 13


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("978-0-141-43951-8", "9780141439518"),
        ("0-8044-2957-X", "9780804429573"),
        ("080442957x", "9780804429573"),
        ("979-10-90636-07-1", "9791090636071"),
    ],
)
def test_printed_forms_are_read(written: str, kept: str) -> None:
    assert str(Isbn.parse(written)) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "978014143951",
        "97801414395188",
        "9770141439518",
        "not a book",
        "\u0669780141439518",
        "9790260000438",
    ],
)
def test_what_is_no_isbn_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="is not an ISBN"):
        Isbn.parse(text)


def test_a_mistyped_number_is_told_its_right_check_digit() -> None:
    with pytest.raises(InvalidInput, match=r"should be 8, not 7"):
        Isbn.parse("9780141439517")


def test_a_979_number_has_no_ten_digit_form() -> None:
    assert Isbn.parse("9791090636071").isbn10 is None


def test_an_isbn_cannot_be_made_around_the_check() -> None:
    with pytest.raises(InvalidInput):
        Isbn("9780141439517")
