"""Editions meet in one work by title and authors; categories are two levels deep."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.books.category import Category, CategoryTree
from domain.books.text import matching_key
from domain.books.work import Series, Work, WorkFacts
from domain.shared.errors import InvalidInput
from domain.shared.ids import WorkId

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TREE = CategoryTree(
    [Category("fiction", "Fiction"), Category("romance", "Romance", "fiction"), Category("poetry", "Poetry")]
)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Les Misérables", "LES MISERABLES"), ("Pride & Prejudice", "Pride, Prejudice"), ("Ω", "ω")],
)
def test_spelling_details_do_not_make_another_work(one: str, other: str) -> None:
    assert WorkFacts(title=one, authors=("A. B.",)).key == WorkFacts(title=other, authors=("A B",)).key


def test_other_authors_make_another_work() -> None:
    assert WorkFacts(title="Poems", authors=("A",)).key != WorkFacts(title="Poems", authors=("A", "B")).key


@given(st.text(min_size=1))
def test_every_text_has_a_key_and_the_key_is_its_own_key(text: str) -> None:
    key = matching_key(text)
    assert key
    assert matching_key(key) == key or not key.isascii()


def test_a_revised_work_names_what_changed_and_repeating_is_no_news() -> None:
    work = Work(id=WorkId(UUID(int=1)), facts=WorkFacts(title="Emma", authors=("Jane Austen",)))
    revised = WorkFacts(title="Emma", authors=("Jane Austen",), first_published=1815)
    work.revise(revised, at=NOW)
    work.revise(revised, at=NOW)
    assert [event.changed for event in work.drain_events()] == [("first_published",)]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("authors", {"authors": ()}),
        ("authors[1]", {"authors": ("A", " ")}),
        ("original_language", {"language": "Greek"}),
        ("first_published", {"first_published": 9999}),
        ("description", {"description": "x" * 10_001}),
    ],
)
def test_a_fact_that_cannot_be_is_refused_by_name(field: str, facts: dict[str, object]) -> None:
    with pytest.raises(InvalidInput) as refusal:
        WorkFacts(**{"title": "Emma", "authors": ("Jane Austen",), **facts})  # type: ignore[arg-type]
    assert refusal.value.field == field


def test_a_series_needs_a_name() -> None:
    with pytest.raises(InvalidInput):
        Series("")


def test_a_top_level_category_brings_everything_under_it() -> None:
    assert TREE.with_children("fiction") == ["fiction", "romance"]
    assert TREE.with_children("romance") == ["romance"]


def test_an_unknown_category_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no category"):
        TREE.require_known(["fiction", "cooking"])


def test_a_third_level_is_refused() -> None:
    with pytest.raises(InvalidInput, match="third level"):
        CategoryTree([*TREE, Category("regency", "Regency", "romance")])
