"""Works as they are shown, and the words that a reader may have meant: as the catalogue is now."""

import pytest

from adapters.postgres.database import Database
from adapters.postgres.search.cards import PostgresWorkCards
from adapters.postgres.search.speller import PostgresSpeller
from application.search.results import RatingSummary
from domain.books.work import Series
from domain.shared.edition_format import Format
from domain.shared.ids import WorkId
from domain.shared.isbn import Isbn
from domain.shared.money import Money
from tests.contract.search.catalogued import Catalogued


@pytest.fixture
async def shop(catalogue_database: Database) -> Catalogued:
    return await Catalogued(catalogue_database).emptied()


async def test_a_card_shows_the_work_with_its_editions_the_cheapest_first(shop: Catalogued) -> None:
    work = await shop.work("Emma", "Jane Austen", series=Series("Highbury", "1"), description="A match.")
    paper = await shop.book(work, price=1299, copies=2)
    sound = await shop.book(work, Format.AUDIOBOOK, price=799)
    gone = await shop.book(work, Format.HARDCOVER, price=1, copies=1)
    await shop.run("UPDATE books SET withdrawn_at = now() WHERE id = %(book)s", book=gone)
    await shop.run("UPDATE stock SET held = 2 WHERE book_id = %(book)s", book=paper)
    await shop.run("INSERT INTO work_ratings (work_id, threes, fours) VALUES (%(work)s, 1, 2)", work=work)
    card = (await PostgresWorkCards(shop.database).cards([work]))[work]
    assert (card.work_id, card.authors, card.description) == (work, ["Jane Austen"], "A match.")
    assert (card.series, card.rating) == (Series("Highbury", "1"), RatingSummary(3.67, 3))
    assert [(book.id, book.format, book.price, book.available) for book in card.books] == [
        (sound, Format.AUDIOBOOK, Money(799, "USD"), True),
        (paper, Format.PAPERBACK, Money(1299, "USD"), False),
    ]


async def test_a_card_shows_the_cover_most_readers_bought_and_what_an_edition_says_of_the_work(
    shop: Catalogued,
) -> None:
    work = await shop.work()
    books = [await shop.book(work, price=price, details={"summary": f"{price}"}) for price in (100, 200, 300)]
    for book, cover, sold in zip(books, ("/first.png", "/second.png", None), (1, 5, 9), strict=True):
        await shop.run("UPDATE books SET cover = %(cover)s, sold_lately = %(sold)s WHERE id = %(book)s",
                       book=book, cover=cover, sold=sold)  # fmt: skip
    card = (await PostgresWorkCards(shop.database).cards([work]))[work]
    assert (card.cover, card.description, card.rating) == ("/second.png", "300", RatingSummary(None, 0))


async def test_only_what_is_on_sale_has_a_card(shop: Catalogued) -> None:
    sold, bare = await shop.on_sale(), await shop.work()
    cards = await PostgresWorkCards(shop.database).cards([bare, sold])
    assert cards.keys() == {sold}
    assert await PostgresWorkCards(shop.database).cards([]) == {}


async def test_an_isbn_leads_to_its_work_while_the_edition_is_on_sale(shop: Catalogued) -> None:
    work = await shop.on_sale()
    [isbn] = (await shop.of(work)).document.isbns
    cards = PostgresWorkCards(shop.database)
    assert await cards.work_of(Isbn(isbn)) == work
    await shop.run("UPDATE books SET withdrawn_at = now() WHERE work_id = %(work)s", work=work)
    assert await cards.work_of(Isbn(isbn)) is None


@pytest.fixture
async def speller(shop: Catalogued) -> PostgresSpeller:
    """Of a shop with a few words."""
    titles = ("Harry Potter", "Harry and the Hairy Beast", "Harry", "The Philosopher's Stone")
    works: list[WorkId] = [await shop.work(title, "Mary Hoyle") for title in titles]
    works.append(await shop.work("Plain", "Ann Oldcastle", description="A burglar called Barry."))
    for work in works:
        await shop.book(work)
    await shop.renewed()
    return PostgresSpeller(shop.database)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hary", {"hary": "harry"}),  # more works have it than hairy
        ("hary poter", {"hary": "harry", "poter": "potter"}),
        ("harry", {}),
        ("philosphrs", {"philosphrs": "philosophers"}),  # two letters missing
        ("burglar barry", {}),  # written about a work, and no mistake
        ("burgler", {}),  # like no word of a title, author or series
        ("xyzzy", {}),
        ("hry", {}),
    ],
)
async def test_a_word_no_work_has_is_corrected_to_the_likeliest(
    speller: PostgresSpeller, typed: str, meant: dict[str, str]
) -> None:
    assert await speller.correct(typed.split()) == meant
