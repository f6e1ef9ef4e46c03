"""Codes are read however they were typed, and are not to be guessed."""

import pytest

from adapters.security.card_codes import RandomCardCodes
from domain.friends.calling_card import CardCode
from domain.shared.errors import InvalidInput


@pytest.mark.parametrize(
    "typed", ["K7QM4T9WXN20", "k7qm-4t9w-xn2o", " K7QM 4T9W\u2013XN2O\n", "k7qm4t9wxn2O", "K7QM-4T9W-XN20-"]
)
def test_a_code_is_the_same_however_it_is_typed(typed: str) -> None:
    assert CardCode.parse(typed) == CardCode("K7QM4T9WXN20")


def test_letters_taken_for_digits_are_those_digits() -> None:
    assert CardCode.parse("iLoO-4T9W-XN2P") == CardCode("11004T9WXN2P")


def test_a_code_is_shown_in_groups() -> None:
    assert str(CardCode("K7QM4T9WXN2P")) == "K7QM-4T9W-XN2P"


@pytest.mark.parametrize(
    "typed",
    ["", "K7QM-4T9W", "K7QM-4T9W-XN2P-0", "K7QM-4T9W-XN2U", "jane@example.org", "\u041a7QM4T9WXN2P"],
)
def test_what_is_no_code_is_told(typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        CardCode.parse(typed)
    assert refused.value.field == "code"


def test_new_codes_are_codes_and_never_the_same() -> None:
    codes = RandomCardCodes()
    made = {codes.new() for _ in range(100)}
    assert len(made) == 100
    assert all(CardCode.parse(str(code)) == code for code in made)
