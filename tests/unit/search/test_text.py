"""What readers type, and how it is folded into what works are found by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.search.folding import fold, shown_words
from domain.search.highlights import highlighted, snippet
from domain.search.ranges import price_range
from domain.search.text import LONGEST_QUERY, SearchText
from domain.shared.errors import InvalidInput


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("The Hobbit", "the hobbit"),
        ("Brontë, Emily", "bronte emily"),
        ("Bronte\u0308", "bronte"),  # the accent as a character of its own
        ("Æsop's Fables", "aesops fables"),
        ("Les Misérables — Œuvres", "les miserables oeuvres"),
        ("Søren Kierkegård", "soren kierkegard"),
        ("Straße", "strasse"),
        ("\ufb01nale", "finale"),  # a ligature of typesetters
        ("J.R.R. Tolkien", "jrr tolkien"),
        ("J. R. R. Tolkien", "jrr tolkien"),
        ("JRR Tolkien", "jrr tolkien"),
        ("Catch-22", "catch 22"),
        ("Война и мир", "воина и мир"),  # the mark over й is forgiven as well
        ("\u2018Tis\u2019nt", "tisnt"),
        ("?!…", ""),
    ],
)
def test_readers_find_a_word_however_they_spell_its_letters(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text(max_size=80))
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(categories=("L", "N", "Zs")), max_size=60))
def test_a_folded_text_holds_only_letters_digits_and_single_blanks(text: str) -> None:
    assert all(word.isalnum() for word in fold(text).split(" ") if word)


def test_quoted_words_are_a_phrase_and_still_words() -> None:
    text = SearchText.parse('tolkien "the return of the king"')

    assert text.words == ("tolkien", "the", "return", "of", "the", "king")
    assert text.phrases == (("the", "return", "of", "the", "king"),)


def test_a_lone_quote_is_no_phrase() -> None:
    assert SearchText.parse('the "hobbit').phrases == ()


@pytest.mark.parametrize(("typed", "unfinished"), [("hobb", True), ("hobb ", False), ('"hobb"', False)])
def test_the_last_word_may_go_on_until_something_stands_behind_it(typed: str, *, unfinished: bool) -> None:
    assert SearchText.parse(typed).unfinished is unfinished


def test_punctuation_alone_asks_for_nothing() -> None:
    assert not SearchText.parse(" ?! ")


@pytest.mark.parametrize("typed", ["a" * (LONGEST_QUERY + 1), "war\x00peace", "wa " * 40, "\ud800"])
def test_what_nobody_types_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput):
        SearchText.parse(typed)


def test_a_highlight_marks_whole_words_in_their_own_spelling() -> None:
    assert highlighted("Wuthering Heights by Emily Brontë", {"bronte"}) == (
        "Wuthering Heights by Emily <mark>Brontë</mark>"
    )


def test_a_highlight_is_safe_to_show() -> None:
    assert highlighted("<b>Emma</b> & me", {"emma"}) == "&lt;b&gt;<mark>Emma</mark>&lt;/b&gt; &amp; me"


def test_nothing_met_is_no_highlight() -> None:
    assert highlighted("Emma", {"persuasion"}) is None
    assert snippet("Emma", {"persuasion"}) is None


def test_a_snippet_shows_the_first_place_and_what_stands_around_it() -> None:
    text = f"{'far away ' * 40}the white whale {'and so on ' * 40}"

    shown = snippet(text, {"whale"})

    assert shown is not None
    assert "the white <mark>whale</mark> and so on" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) < 260


@given(st.text(max_size=400), st.sets(st.text(min_size=1, max_size=8), max_size=4))
def test_any_text_can_be_highlighted(text: str, words: set[str]) -> None:
    folded = {fold(word) for word in words}
    met = {word for _, _, word in shown_words(text)} & folded

    assert (highlighted(text, folded) is not None) is bool(met)
    assert (snippet(text, folded) is not None) is bool(met)


@pytest.mark.parametrize(
    ("price", "range_"),
    [(1, "0-499"), (499, "0-499"), (500, "500-999"), (1299, "1000-1499"), (5000, "5000-"), (10**8, "5000-")],
)
def test_a_price_falls_in_one_range(price: int, range_: str) -> None:
    assert price_range(price) == range_


@pytest.mark.parametrize(
    ("typed", "needed", "unfinished"),
    [
        ("the year of the king", ("year", "king"), True),
        ("lord of the", ("lord",), False),
        ("to the", ("to", "the"), True),
        ('"war and peace" in the east', ("war", "and", "peace", "east"), True),
        ("emma ", ("emma",), False),
    ],
)
def test_function_words_are_needed_where_nothing_else_was_typed(
    typed: str,
    needed: tuple[str, ...],
    unfinished: bool,  # noqa: FBT001 - a column of the table above
) -> None:
    text = SearchText.parse(typed).needed
    assert (text.words, text.unfinished) == (needed, unfinished)
