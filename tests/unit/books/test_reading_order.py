"""Works of a series stand in the order in which readers read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.books.reading_order import place_in_series, series_key, series_stem
from domain.books.work import Series, WorkFacts

PRINTED = st.one_of(st.none(), st.text(min_size=1, max_size=20), st.from_regex(r"[0-9]{1,9}", fullmatch=True))

NUMBERS = st.decimals(min_value=0, max_value=10**6, places=3)


def facts(series: Series | None, *authors: str) -> WorkFacts:
    return WorkFacts(title="Emma", authors=authors or ("Jane Austen",), series=series)


@pytest.mark.parametrize(
    "printed",
    [
        ["0", "0.5", "1", "1-3", "1.5", "2", "3.5", "10", "100", "Prequel", None],
        ["#1", "2½", "3", "(4)", "№ 5"],
        ["1.25", "1,5", "1.75"],
        ["Book 2", "Book 10", "Companion", "Prequel"],
        ["99999999999999999998", "99999999999999999999"],
    ],
)
def test_numbers_come_first_as_numbers_then_words_then_what_has_neither(printed: list[str | None]) -> None:
    as_found = sorted(printed, key=str, reverse=True)
    assert sorted(as_found, key=place_in_series) == printed


@given(PRINTED)
def test_every_number_as_printed_has_a_place_that_an_index_can_hold(printed: str | None) -> None:
    assert 0 < len(place_in_series(printed)) <= 400


@given(NUMBERS, NUMBERS)
def test_any_two_numbers_stand_in_numeric_order(one: object, other: object) -> None:
    by_value, by_place = one < other, place_in_series(str(one)) < place_in_series(str(other))  # type: ignore[operator] # decimals
    assert by_value == by_place


def test_a_series_is_known_by_its_name_and_first_author_however_they_are_spelt() -> None:
    one = facts(Series("Les Rougon-Macquart"), "Émile Zola")
    other = facts(Series("LES ROUGON MACQUART", "3"), "Emile Zola", "A Translator")
    assert one.series_key == other.series_key == "les-rougon-macquart--emile-zola"


def test_series_of_one_name_by_other_authors_are_others_and_share_their_stem() -> None:
    keys = {series_key("Sweet", author) for author in ("Wendy Higgins", "Maya Banks")}
    assert len(keys) == 2
    assert all(key.startswith(series_stem("sweet")) for key in keys)
    assert not series_key("Sweet Valley", "A").startswith(series_stem("Sweet"))


def test_a_work_of_no_series_has_neither_key_nor_place() -> None:
    alone = facts(None)
    assert (alone.series_key, alone.series_place) == (None, None)
