"""A token is taken; a card number is refused before anybody keeps it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.payments.token import LONGEST, payment_token
from domain.shared.errors import InvalidInput


def with_check_digit(digits: list[int]) -> str:
    """ISO/IEC 7812-1, annex B."""
    doubled = [sum(divmod(2 * d, 10)) if place % 2 == 0 else d for place, d in enumerate(reversed(digits))]
    return "".join(map(str, [*digits, -sum(doubled) % 10]))


@pytest.mark.parametrize("token", ["tok_ok", "pm_1NXyZ", "x", "x" * LONGEST, "1234", "4242424242424241"])
def test_a_token_is_taken_as_it_is(token: str) -> None:
    assert payment_token(token) == token


def test_blanks_around_a_token_are_no_part_of_it() -> None:
    assert payment_token("  tok_ok\n") == "tok_ok"


@pytest.mark.parametrize("token", ["", "   ", "x" * (LONGEST + 1)])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        payment_token(token)
    assert refused.value.field == "payment_info.token"


@pytest.mark.parametrize(
    "card",
    [
        "4242424242424242",
        "4242 4242 4242 4242",
        "4242-4242-4242-4242",
        " 4242424242424242 ",
        "378282246310005",  # 15 digits
        "4222222222222",  # 13
        "6304000000000000000",  # 19
        "".join(chr(0xFF10 + int(digit)) for digit in "4242424242424242"),  # full-width, as some phones type
    ],
)
def test_a_card_number_is_refused_however_it_is_written(card: str) -> None:
    with pytest.raises(InvalidInput, match="looks like a card number"):
        payment_token(card)


@given(st.lists(st.integers(0, 9), min_size=12, max_size=18), st.sampled_from(["", " ", "-"]))
def test_every_number_that_could_be_a_card_is_refused_and_not_repeated(
    digits: list[int], between: str
) -> None:
    card = with_check_digit(digits)
    written = between.join(card[i : i + 4] for i in range(0, len(card), 4))
    with pytest.raises(InvalidInput) as refused:
        payment_token(written)
    assert written not in str(refused.value.message) + str(refused.value.details)


@given(st.lists(st.integers(0, 9), min_size=12, max_size=18), st.integers(1, 9))
def test_a_number_whose_check_digit_is_wrong_is_no_card(digits: list[int], wrong: int) -> None:
    card = with_check_digit(digits)
    token = card[:-1] + str((int(card[-1]) + wrong) % 10)
    assert payment_token(token) == token
