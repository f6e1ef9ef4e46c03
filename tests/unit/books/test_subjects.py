"""Which shelves fit the subjects of a book."""

import csv

import pytest

from adapters.files.shipped_catalogue import FOLDER
from application.books.subjects import _HEADINGS, shelves_for


@pytest.mark.parametrize(
    ("subjects", "shelves"),
    [
        (["Fiction / Science Fiction / General"], ("science-fiction",)),
        (["Love stories", "England -- Fiction"], ("romance",)),
        (["Fiction"], ("fiction",)),
        (["Detective and mystery stories", "Detective and mystery stories, English"], ("detective-stories",)),
        (["Juvenile Fiction / Fantasy & Magic"], ("fantasy",)),
        (["Biography & Autobiography / Literary Figures"], ("autobiography",)),
        (["Poetry", "Drama", "Essays", "Travel"], ("poetry", "drama", "essays")),
        (["Cooking", "New York Times bestseller", "protected daisy"], ()),
        ([], ()),
    ],
)
def test_subjects_lead_to_shelves(subjects: list[str], shelves: tuple[str, ...]) -> None:
    assert shelves_for(subjects) == shelves


def test_every_shelf_that_is_led_to_is_shipped() -> None:
    with (FOLDER / "categories.csv").open() as file:
        shipped = {row["slug"] for row in csv.DictReader(file)}
    assert {slug for _, slug in _HEADINGS} <= shipped


def test_no_heading_hides_another() -> None:
    # The first that fits counts, so a narrower one behind a wider one would never be found.
    headings = [heading for heading, _ in _HEADINGS]
    hidden = [
        (wide, narrow)
        for place, wide in enumerate(headings)
        for narrow in headings[place + 1 :]
        if f"-{wide}-" in f"-{narrow}-" and dict(_HEADINGS)[wide] != dict(_HEADINGS)[narrow]
    ]
    assert hidden == []
