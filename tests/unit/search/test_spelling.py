"""Which word a mistyped one may have been meant to be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.search.spelling import distance, errors_forgiven, likeliest, one_error_away

words = st.text(alphabet="abcdeé", max_size=8)


@pytest.mark.parametrize(
    ("typed", "meant", "errors"),
    [
        ("hobbit", "hobbit", 0),
        ("hobit", "hobbit", 1),
        ("hobbiit", "hobbit", 1),
        ("jobbit", "hobbit", 1),
        ("hobbti", "hobbit", 1),  # two letters swapped are one error
        ("hibbot", "hobbit", 2),
        ("", "emma", 4),
    ],
)
def test_letters_changed_added_left_out_and_swapped_are_counted(typed: str, meant: str, errors: int) -> None:
    assert distance(typed, meant) == errors
    assert distance(meant, typed) == errors


@given(words, words)
def test_two_words_are_as_far_apart_in_either_direction(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert abs(len(one) - len(other)) <= distance(one, other) <= max(len(one), len(other))


@given(words)
def test_what_is_one_error_away_is_exactly_that(word: str) -> None:
    assert {distance(word, other) for other in one_error_away(word)} == {1}


@given(words.filter(lambda word: len(word) > 1), st.data())
def test_every_single_error_can_be_undone(word: str, data: st.DataObject) -> None:
    mistyped = data.draw(st.sampled_from(sorted(w for w in one_error_away(word) if w)))
    missing = set(word) - set(mistyped) - set("abcdefghijklmnopqrstuvwxyz")
    assert word in one_error_away(mistyped) or missing  # nobody guesses a letter of another keyboard


def test_short_words_are_taken_as_typed_and_long_ones_may_hold_two_errors() -> None:
    assert [errors_forgiven(word, word) for word in ("war", "wars", "warmed", "warming")] == [0, 1, 1, 2]
    assert (errors_forgiven("jon", "john"), errors_forgiven("jon", "jan")) == (1, 0)


def test_fewer_errors_a_right_first_letter_and_frequent_words_come_first() -> None:
    known = {"harry": 50, "hairy": 90, "carry": 200, "haring": 5, "hary": 1, "mary": 400, "horse": 9}
    assert likeliest("hary", known, errors=1, most=9) == ["hairy", "harry", "mary"]
    assert likeliest("hary", known, errors=1, most=1) == ["hairy"]
    assert likeliest("harrryy", known, errors=2, most=9) == ["harry"]
    assert likeliest("harryng", known, errors=2, most=9) == ["harry", "haring"]
    assert likeliest("harryng", known, errors=1, most=9) == []
    assert likeliest("hry", {"harry": 1, "try": 9, "hary": 1}, errors=2, most=9) == ["hary"]
