"""What is embedded of a work, and when it counts as another text."""

from hypothesis import given
from hypothesis import strategies as st

from domain.search.meaning import LONGEST_TOLD, content_hash, told


def test_a_work_is_told_with_what_matters_most_in_front() -> None:
    text = told(
        "The Hobbit", ["J. R. R. Tolkien"], "Middle-earth 0", ["Fiction", "Fantasy"], "A burglar\n\nis hired."
    )
    assert text == "The Hobbit by J. R. R. Tolkien. Middle-earth 0. Fiction, Fantasy. A burglar is hired."


def test_what_is_not_known_is_left_out() -> None:
    assert told("Untold", ["Nobody"]) == "Untold by Nobody."


def test_an_anthology_is_told_by_its_first_authors() -> None:
    names = [f"Author {number}" for number in range(50)]
    assert told("Many", names).endswith("Author 3, Author 4.")


def test_a_long_description_ends_with_a_whole_word() -> None:
    text = told("Long", ["A"], description="seven " * 1_000)
    assert text.endswith(" seven")
    assert len(text) < LONGEST_TOLD + len("Long by A. ")


def test_what_is_not_told_changes_no_hash() -> None:
    description = "A very long story. " * 100
    one, other = (told("T", ["A"], description=description + end) for end in ("They die.", "They marry."))
    assert content_hash("m", one) == content_hash("m", other)


@given(st.text(max_size=2_000))
def test_any_description_is_told_in_bounds(description: str) -> None:
    assert len(told("T", ["A"], description=description)) <= len("T by A. ") + LONGEST_TOLD


def test_equal_texts_of_one_model_have_one_hash() -> None:
    assert content_hash("m", "Dune by Frank Herbert.") == content_hash("m", "Dune by Frank Herbert.")
    assert content_hash("m", "Dune by Frank Herbert.") != content_hash("m", "Emma by Jane Austen.")


def test_another_model_makes_another_hash() -> None:
    assert content_hash("one", "text") != content_hash("other", "text")
