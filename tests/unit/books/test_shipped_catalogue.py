"""The catalogue that comes with the shop: real works, each once, in editions that pretend nothing."""

from collections import Counter

import pytest

from adapters.files.shipped_catalogue import ShippedCatalogue, ShippedWork, editions, shipped_shelves
from domain.books.category import CategoryTree
from domain.books.entry import CatalogueEntry
from domain.shared.edition_format import Format

WORKS = ShippedCatalogue().works()
ENTRIES = [row.entry for row in ShippedCatalogue().rows() if row.entry is not None]


def test_there_are_hundreds_of_works_in_several_editions_each() -> None:
    assert len(WORKS) >= 320
    assert len(ENTRIES) >= 2.5 * len(WORKS)
    assert {len(list(editions(work))) for work in WORKS} <= {2, 3, 4}


def test_no_row_is_bad() -> None:
    assert [row for row in ShippedCatalogue().rows() if row.entry is None] == []


def test_no_work_is_there_twice() -> None:
    keys = Counter(work.facts().key for work in WORKS)
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_isbn_is_there_once_and_can_be_no_real_books() -> None:
    isbns = [entry.isbn.value for entry in ENTRIES]
    assert len(set(isbns)) == len(isbns)
    assert all(isbn.startswith("9799") for isbn in isbns)


def test_everything_is_old_enough_to_belong_to_everybody() -> None:
    assert all(-1300 <= work.year <= 1928 for work in WORKS)


@pytest.mark.parametrize(
    ("title", "author", "year", "language", "series"),
    [
        ("Pride and Prejudice", "Jane Austen", 1813, "en", None),
        ("The Hound of the Baskervilles", "Arthur Conan Doyle", 1902, "en", ("Sherlock Holmes", "5")),
        ("Germinal", "Émile Zola", 1885, "fr", ("Les Rougon-Macquart", "13")),
        ("A Princess of Mars", "Edgar Rice Burroughs", 1917, "en", ("Barsoom", "1")),
        ("The Iliad", "Homer", -750, "grc", None),
    ],
)
def test_facts_are_those_of_the_reference_books(
    title: str, author: str, year: int, language: str, series: tuple[str, str] | None
) -> None:
    (work,) = [work for work in WORKS if work.title == title and work.authors == (author,)]
    assert (work.year, work.language) == (year, language)
    assert (work.series, work.number) == (series or (None, None))


def test_places_in_a_series_are_taken_once() -> None:
    places = Counter((work.series, work.number) for work in WORKS if work.number)
    assert [place for place, times in places.items() if times > 1] == []


def test_every_category_is_known_and_every_shelf_has_books() -> None:
    tree = CategoryTree(shipped_shelves())
    used = {slug for work in WORKS for slug in work.categories}
    tree.require_known(used)
    empty = [shelf.slug for shelf in tree if not used & set(tree.with_children(shelf.slug))]
    assert empty == []
    assert all(1 <= len(work.categories) <= 3 for work in WORKS)


def test_descriptions_are_a_sentence_or_two() -> None:
    assert [work.title for work in WORKS if not 25 <= len(work.description) <= 300] == []
    assert len({work.description for work in WORKS}) == len(WORKS)


def test_what_is_generated_is_said_to_be() -> None:
    for entry in ENTRIES:
        assert entry.edition.publisher == "Octavo Classics"
        assert {"isbn", "price", "stock", "pages"} <= set(entry.edition.details["generated"])  # type: ignore[call-overload] # JSON


def test_the_dice_always_fall_the_same() -> None:
    assert [row.entry for row in ShippedCatalogue().rows()] == ENTRIES
    first = next(iter(editions(emma())))
    assert first.isbn.value == "9799741126179"


def emma() -> ShippedWork:
    return next(work for work in WORKS if work.title == "Emma")


def test_only_printed_editions_have_weight_and_copies() -> None:
    def of(*kinds: Format) -> list[CatalogueEntry]:
        return [entry for entry in ENTRIES if entry.format in kinds]

    assert all(entry.edition.weight_grams for entry in of(Format.PAPERBACK, Format.HARDCOVER))
    assert not any(entry.stock or entry.edition.weight_grams for entry in of(Format.EBOOK, Format.AUDIOBOOK))
    sold_out = sum(entry.stock == 0 for entry in of(Format.PAPERBACK, Format.HARDCOVER))
    assert 10 <= sold_out <= 150
