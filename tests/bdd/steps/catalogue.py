"""Books on the shelves, and staff that keeps them right."""

from collections.abc import Sequence
from uuid import UUID

from tests.bdd.reading import amount, cents, listed, pairs, rows
from tests.bdd.story import Story
from tests.bdd.words import given, then, when

SORTS = {
    "price, rising": "price",
    "price, falling": "-price",
    "title": "title",
    "sales": "bestsellers",
    "rating": "rating",
}


@given('the shop has {copies:d} copies of "{title}" at {price}', price=cents)
@given('the shop has {copies:d} copy of "{title}" at {price}', price=cents)
async def _(story: Story, copies: int, title: str, price: int) -> None:
    await story.sell(title, price, copies)


@given('the shop sells the e-book "{title}" at {price}', price=cents)
async def _(story: Story, title: str, price: int) -> None:
    await story.sell(title, price, None, format="ebook")


@given("the shop sells:")
@when("the shop takes in:")
async def _(story: Story, datatable: Sequence[Sequence[str]]) -> None:
    for row in rows(datatable):
        book_format = row.get("format", "paperback")
        facts: dict[str, object] = {"format": book_format}
        if "author" in row:
            facts["authors"] = [story.author(row["author"])]
        if "category" in row:
            facts["categories"] = [row["category"]]
        if "grams" in row:
            facts["weight_grams"] = int(row["grams"])
        if "pages" in row:
            facts["pages"] = int(row["pages"])
        if "published" in row:
            facts["published_date"] = row["published"]
        if "series" in row:
            facts["series"] = {"name": story.author(row["series"]), "number": row.get("number")}
        copies = None if book_format in {"ebook", "audiobook"} else int(row["copies"])
        await story.sell(row["title"], cents(row["price"]), copies, **facts)


@given("a member of staff adds this book:")
async def _(story: Story, datatable: Sequence[Sequence[str]]) -> None:
    said = pairs(datatable)
    await story.sell(
        said["title"],
        cents(said["price"]),
        0,
        authors=[story.author(said["author"])],
        format=said["format"],
        categories=[said["category"]],
    )


@when('a member of staff adds a book with the ISBN "{isbn}"')
async def _(story: Story, isbn: str) -> None:
    await story.sell("Untitled", 100, 0, isbn=isbn)


@when('a member of staff adds another book with the ISBN of "{title}"')
async def _(story: Story, title: str) -> None:
    page = await (await story.guest()).look_at(story.book(title))
    await story.sell("Another", 100, 0, isbn=page["isbn"])


@when('{copies:d} copies of "{title}" arrive')
async def _(story: Story, copies: int, title: str) -> None:
    await (await story.staff()).receive_stock(story.book(title), copies, "delivery")


@when('a member of staff withdraws "{title}"')
async def _(story: Story, title: str) -> None:
    await (await story.staff()).withdraw_book(story.book(title))


@when('a member of staff sets the price of "{title}" to {price}', price=cents)
async def _(story: Story, title: str, price: int) -> None:
    await _reprice(story, "Olga", title, price)


@when('{who:w} sets the price of "{title}" to {price}', price=cents)
async def _(story: Story, who: str, title: str, price: int) -> None:
    await _reprice(story, who, title, price)


@given('{one:w} and {other:w} both look at "{title}"')
async def _(story: Story, one: str, other: str, title: str) -> None:
    for who in (one, other):
        page = await (await story.staff(who)).look_at(story.book(title))
    story.last = page


@when("{who:w} sets its price to {price}", price=cents)
async def _(story: Story, who: str, price: int) -> None:
    book, seen = UUID(story.last["book_id"]), story.last["version"]
    await story.people[who].revise_book(book, seen, price={"amount": price, "currency": "USD"})


@when('a visitor looks at "{title}"')
async def _(story: Story, title: str) -> None:
    story.last = await (await story.guest()).look_at(story.book(title))


@then("it costs {price}", price=cents)
async def _(story: Story, price: int) -> None:
    assert amount(story.last["price"]) == price


@then('"{title}" costs {price}', price=cents)
async def _(story: Story, title: str, price: int) -> None:
    page = await (await story.guest()).look_at(story.book(title))
    assert amount(page["price"]) == price


@then("it is sold out")
async def _(story: Story) -> None:
    assert story.last["availability"] == {"in_stock": False, "available": 0}


@then("{copies:d} copies of it are there")
async def _(story: Story, copies: int) -> None:
    assert story.last["availability"] == {"in_stock": True, "available": copies}


@then("it names these other editions:")
async def _(story: Story, datatable: Sequence[Sequence[str]]) -> None:
    shown = [
        {
            "format": edition["format"],
            "price": cents_of(amount(edition["price"])),
            "in stock": "yes" if edition["in_stock"] else "no",
        }
        for edition in story.last["editions"]
    ]
    assert shown == rows(datatable)


# -- browsing ----------------------------------------------------------------------------------------


@when("a visitor browses for books by {author}")
async def _(story: Story, author: str) -> None:
    await _browse(story, author=story.author(author))


@when("a visitor browses for books in stock")
async def _(story: Story) -> None:
    await _browse(story, in_stock="true")


@when("a visitor browses for books between {low} and {high}", low=cents, high=cents)
async def _(story: Story, low: int, high: int) -> None:
    await _browse(story, price_min=low, price_max=high)


@when("a visitor browses for ebook books")
async def _(story: Story) -> None:
    await _browse(story, format="ebook")


@when("a visitor browses for romance books")
async def _(story: Story) -> None:
    await _browse(story, category="romance")


@when("a visitor browses for fiction books")
async def _(story: Story) -> None:
    await _browse(story, category="fiction")


@when("a visitor sorts the books by {order}")
async def _(story: Story, order: str) -> None:
    await _browse(story, sort=SORTS[order])


@then("these books are found: {titles}", titles=listed)
async def _(story: Story, titles: list[str]) -> None:
    assert sorted(story.last) == titles


@then("they stand in this order: {titles}", titles=listed)
async def _(story: Story, titles: list[str]) -> None:
    assert story.last == titles


@then("they begin with: {titles}", titles=listed)
async def _(story: Story, titles: list[str]) -> None:
    visitor = await story.guest()

    async def first() -> list[str]:
        return story.mine(list(await visitor.browse(sort="bestsellers")))[: len(titles)]

    assert await story.eventually(first, lambda seen: seen == titles) == titles


# -- the stock room ----------------------------------------------------------------------------------


@given('{copies:d} copy of "{title}" is set aside')
@then('{copies:d} copy of "{title}" is set aside')
@then('{copies:d} copies of "{title}" are set aside')
async def _(story: Story, copies: int, title: str) -> None:
    await _stock_is(story, title, "held", copies)


@then('{copies:d} copies of "{title}" are in the house')
async def _(story: Story, copies: int, title: str) -> None:
    await _stock_is(story, title, "on_hand", copies)


async def _stock_is(story: Story, title: str, what: str, copies: int) -> None:
    olga = await story.staff()
    stock = await story.eventually(lambda: olga.stock(story.book(title)), lambda s: s[what] == copies)
    assert stock[what] == copies


async def _browse(story: Story, **wanted: str | int) -> None:
    story.last = story.mine(list(await (await story.guest()).browse(**wanted)))


async def _reprice(story: Story, who: str, title: str, price: int) -> None:
    person = await (story.staff(who) if who == "Olga" else story.person(who))
    page = await person.look_at(story.book(title))
    changed = {"amount": price, "currency": "USD"}
    await person.revise_book(story.book(title), page["version"], price=changed)


def cents_of(number: int) -> str:
    """1299 is 12.99."""
    return f"{number // 100}.{number % 100:02d}"
