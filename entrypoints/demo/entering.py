"""The first half of the story: from the door to the price."""

import secrets
from dataclasses import dataclass
from typing import Final

from entrypoints.demo.narrator import Narrator, money
from entrypoints.demo.visitor import Document, Visitor

COPIES: Final = 2
SHOWN: Final = "5"
FIRST_NAMES: Final = ("Ada", "Berta", "Clara", "Edith", "Ida", "Lena", "Mina", "Vera")
LAST_NAMES: Final = ("Blattmann", "Folio", "Kapitel", "Quarto", "Seite", "Vellum")
# A made-up place in a country that taxes books, so that the price has something to explain.
ADDRESS: Final = {
    "line1": "8 Folio Row",
    "city": "Readham",
    "region": "ON",
    "postal_code": "K1A 0B1",
    "country": "CA",
}


@dataclass(frozen=True)
class Reader:
    """The account that was opened."""

    email: str
    name: str

    @property
    def address(self) -> Document:
        """Where her parcels go."""
        return {"name": self.name, **ADDRESS}


async def browse(visitor: Visitor, tell: Narrator) -> tuple[Document, Document]:
    """Choose a paperback and an e-book."""
    tell.chapter("Browsing the catalogue")
    shelves = (await visitor.get("/v1/categories"))["items"]
    shelf = secrets.choice([shelf for shelf in shelves if shelf["parent"] is None])
    tell.say(f"{len(shelves)} categories; today from '{shelf['name']}':")
    paperback = await _choose(visitor, tell, shelf["slug"], "paperback")
    ebook = await _choose(visitor, tell, shelf["slug"], "ebook")
    return paperback, ebook


async def fill_guest_cart(visitor: Visitor, tell: Narrator, book: Document) -> str:
    """Returns the token that names the cart."""
    tell.chapter("A cart without an account")
    wish = {"book_id": book["book_id"], "qty": COPIES}
    cart = (await visitor.post("/v1/cart", wish)).document
    tell.fact(f"{COPIES} copies in a guest's cart, {money(cart['subtotal'])}", true=_copies(cart) == COPIES)
    token: str = cart["cart_token"]
    return token


async def sign_up(visitor: Visitor, tell: Narrator, cart_token: str) -> Reader:
    """Open an account and sign in; from here on the visitor is that reader."""
    tell.chapter("Becoming a reader")
    first, last = secrets.choice(FIRST_NAMES), secrets.choice(LAST_NAMES)
    email = f"{first}.{last}.{secrets.token_hex(3)}@example.org".lower()
    account = {"email": email, "password": secrets.token_urlsafe(16)}
    await visitor.post("/v1/users/register", {**account, "name": f"{first} {last}"})
    tell.say(f"{first} {last} registered as {email} and signs in, bringing her cart.")
    brought = {"X-Cart-Token": cart_token}
    signing_in = await visitor.ask("POST", "/v1/users/login", body=account, headers=brought)
    visitor.headers["Authorization"] = f"Bearer {signing_in.document['access_token']}"
    cart = await visitor.get("/v1/cart")
    tell.fact("The guest's cart is now hers, with every copy in it", true=_copies(cart) == COPIES)
    return Reader(email, f"{first} {last}")


async def ask_the_price(visitor: Visitor, tell: Narrator, reader: Reader) -> Document:
    """Returns the quote."""
    tell.chapter("What it will cost, to the cent")
    quote = (await visitor.post("/v1/quotes", {"shipping_addr": reader.address})).document
    parts = [*quote["lines"], {**quote["shipping"], "title": f"Shipping ({quote['shipping']['method']})"}]
    tell.table(
        ("", "net>", "tax>", "total>"),
        [(part["title"], _net(part), money(part["tax"]), money(part["total"])) for part in parts],
    )
    for sentence in quote["explanation"]:
        tell.say(sentence, "dim")
    added_up = sum(part["total"]["amount"] for part in parts)
    total = quote["total"]
    tell.fact(f"The lines add up to the total of {money(total)}", true=added_up == total["amount"])
    return quote


async def _choose(visitor: Visitor, tell: Narrator, category: str, kind: str) -> Document:
    """The book with the most copies, so that none is bought away from her meanwhile."""
    page = await visitor.get("/v1/books", category=category, format=kind, in_stock="true", limit=SHOWN)
    books = [await visitor.get(f"/v1/books/{book['book_id']}") for book in page["items"]]
    rows = [
        (book["title"], ", ".join(book["authors"]), str(_free(book) or "always"), money(book["price"]))
        for book in books
    ]
    tell.table((kind, "by", "copies>", "price>"), rows)
    chosen = max(books, key=_free)
    tell.say(f"She takes '{chosen['title']}'.")
    return chosen


def _free(book: Document) -> int:
    free: int | None = book["availability"]["available"]
    return free or 0  # of what never runs out there is no number


def _copies(cart: Document) -> int:
    return sum(line["qty"] for line in cart["lines"])


def _net(part: Document) -> str:
    net = part["total"]["amount"] - part["tax"]["amount"]
    return money({**part["total"], "amount": net})
