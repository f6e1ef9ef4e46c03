"""Made-up catalogues: the same for the same seed, as uneven as real ones, and never mistaken for one."""

from collections import Counter
from math import log

import pytest

from adapters.files.invented.catalogue import InventedCatalogue
from adapters.files.invented.numbers import MOST_BOOKS, SEEDS, Numbers
from adapters.files.shipped_catalogue import ShippedCatalogue, shipped_shelves
from application.books.sieve import Sieve
from domain.books.category import CategoryTree
from domain.books.entry import CatalogueEntry
from domain.books.text import matching_key
from domain.books.work import WorkFacts
from domain.shared.edition_format import Format

BOOKS = 6_000


def entries(books: int, seed: int) -> list[CatalogueEntry]:
    rows = InventedCatalogue(books, seed, shipped_shelves()).rows()
    return [row.entry for row in rows if row.entry is not None]


@pytest.fixture(scope="module")
def some() -> list[CatalogueEntry]:
    return entries(BOOKS, 7)


@pytest.fixture(scope="module")
def works(some: list[CatalogueEntry]) -> list[WorkFacts]:
    return list({entry.work.key: entry.work for entry in some}.values())


def exponent(counts: Counter[str], ranks: tuple[int, int]) -> float:
    """How steeply frequency falls with rank, on paper with logarithmic scales."""
    frequencies = [count for _, count in counts.most_common()]
    first, last = ranks
    return log(frequencies[first - 1] / frequencies[last - 1]) / log(last / first)


def test_the_same_seed_means_the_same_books_and_a_larger_number_adds_to_them(
    some: list[CatalogueEntry],
) -> None:
    assert entries(500, 7) == some[:500]
    assert len(some) == BOOKS


def test_a_catalogue_is_known_by_number_and_seed() -> None:
    prints = {
        InventedCatalogue(books, seed, ()).fingerprint for books, seed in ((1, 1), (1, 11), (11, 1), (2, 7))
    }
    assert len(prints) == 4
    assert InventedCatalogue(2, 7, ()).fingerprint in prints


def test_other_seeds_are_other_books(some: list[CatalogueEntry]) -> None:
    others = entries(300, 8)
    assert not {entry.work.key for entry in others} & {entry.work.key for entry in some}


def test_no_two_books_share_an_isbn_whatever_their_seeds(some: list[CatalogueEntry]) -> None:
    isbns = {entry.isbn for entry in some}
    assert len(isbns) == BOOKS
    shipped = {row.entry.isbn for row in ShippedCatalogue().rows() if row.entry}
    ends = {Numbers(seed).isbn(number) for seed in SEEDS for number in (0, 1, MOST_BOOKS - 1)}
    assert len(ends) == 3 * len(SEEDS)
    assert not shipped & (isbns | ends)
    assert {isbn.value[:3] for isbn in ends} == {"979"}
    assert {isbn.value[3] for isbn in ends} == set("234567")


def test_every_row_may_go_in(some: list[CatalogueEntry]) -> None:
    rows = InventedCatalogue(1_000, 7, shipped_shelves()).rows()
    sieve = Sieve(CategoryTree(shipped_shelves()))
    assert [judged.refused for row in rows if (judged := sieve.judge(row)).refused] == []
    assert all(entry.stock == 0 for entry in some if entry.format.is_digital)


def test_every_book_says_that_it_is_made_up(some: list[CatalogueEntry]) -> None:
    assert all(entry.edition.details["generated"] == ["everything"] for entry in some)
    assert all(entry.edition.details["seed"] == 7 for entry in some)


def test_few_words_are_frequent_and_most_are_rare(works: list[WorkFacts]) -> None:
    words = Counter(word for work in works for word in matching_key(work.title).split("-"))
    assert 0.7 <= exponent(words, (5, 500)) <= 1.3
    assert sum(count == 1 for count in words.values()) > len(words) / 3


def test_few_books_sell_and_few_authors_write_much(
    some: list[CatalogueEntry], works: list[WorkFacts]
) -> None:
    sold = Counter[str]()
    for entry in some:
        sold[entry.work.key] += entry.sold
    assert 0.8 <= exponent(sold, (10, 1_000)) <= 1.2
    written = [count for _, count in Counter(work.authors[0] for work in works).most_common()]
    assert written[0] >= 50
    assert written[len(written) // 2] <= 2


def test_there_are_languages_accents_series_subtitles_and_several_editions(
    some: list[CatalogueEntry], works: list[WorkFacts]
) -> None:
    languages = Counter(entry.edition.language for entry in some)
    assert len(languages) == 8
    assert languages["en"] > BOOKS / 2
    assert sum(not work.title.isascii() for work in works) > len(works) / 50
    assert sum(work.series is not None for work in works) > len(works) / 10
    assert sum(":" in work.title for work in works) > len(works) / 10
    editions = Counter(Counter(entry.work.key for entry in some).values())
    assert set(editions) <= {1, 2, 3, 4}
    assert all(editions[count] > 20 for count in (1, 2, 3, 4))
    assert {entry.format for entry in some} == set(Format)


def test_every_category_but_the_parents_has_books(some: list[CatalogueEntry]) -> None:
    parents = {shelf.parent for shelf in shipped_shelves()}
    used = Counter(slug for entry in some for slug in entry.edition.categories)
    assert {shelf.slug for shelf in shipped_shelves()} - set(used) <= parents
    assert used.most_common(1)[0][1] > 5 * used.most_common()[-1][1]


def test_editions_appear_from_1900_to_2026_and_never_before_their_work(some: list[CatalogueEntry]) -> None:
    days = [entry.edition.published_date for entry in some if entry.edition.published_date]
    assert len(days) == BOOKS
    assert 1900 <= min(days).year < max(days).year == 2026
    assert all(
        entry.edition.published_date.year >= (entry.work.first_published or 0)
        for entry in some
        if entry.edition.published_date
    )
