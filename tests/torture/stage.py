"""Books and readers for a storm, made behind the counter: what is tested is buying, not signing up."""

import asyncio
from uuid import UUID, uuid4

import psycopg

from application.promotions.create_coupon import CouponTerms
from domain.promotions.reduction import Percentage
from domain.shared.ids import SessionId, UserId
from domain.users.email import EmailAddress
from domain.users.password import PasswordHash
from domain.users.ports import AccessClaims
from domain.users.session import Session, fingerprint
from domain.users.user import User
from entrypoints.container import Container
from tests.torture.driver import Buyer
from tests.torture.purchases import COUPON, Shelf

SCARCE, PLENTY = 5, 80  # copies
AT_ONCE = 8  # accounts opened side by side


async def put_out_coupon(shop: Container, limit: int) -> None:
    """A tenth off, so many times."""
    await shop.use_cases.create_coupon()(
        CouponTerms(
            code=COUPON,
            reduction=Percentage(1_000),
            starts_at=None,
            ends_at=None,
            total_limit=limit,
            per_user_limit=None,
            minimum_subtotal=None,
        )
    )


def fill_shelf(database_url: str) -> Shelf:
    """A few books everybody wants, too few copies of some, and three e-books."""
    with psycopg.connect(database_url) as connection:
        printed = {add_book(connection, copies): copies for copies in (SCARCE,) * 2 + (PLENTY,) * 6}
        return Shelf(printed=printed, digital=[add_book(connection, None) for _ in range(3)])


def add_book(connection: psycopg.Connection, copies: int | None) -> UUID:
    """One edition whose copies arrived by a receipt; None: an e-book."""
    book, work = uuid4(), uuid4()
    isbn, form = f"979{book.int % 10**10:010d}", "ebook" if copies is None else "paperback"
    connection.execute("INSERT INTO works (id, key, title) VALUES (%s, %s, 'Storm')", (work, str(work)))
    connection.execute(
        "INSERT INTO books (id, work_id, isbn, format, title, sorting_key, price, currency, weight_grams)"
        " VALUES (%s, %s, %s, %s, 'Storm', 'storm', 1299, 'USD', 300)",
        (book, work, isbn, form),
    )
    if copies is not None:
        connection.execute("INSERT INTO stock (book_id, on_hand) VALUES (%s, %s)", (book, copies))
        connection.execute(
            "INSERT INTO stock_movements (book_id, kind, on_hand, held, at)"
            " VALUES (%s, 'receipt', %s, 0, now())",
            (book, copies),
        )
    return book


async def open_accounts(shop: Container, count: int) -> list[Buyer]:
    """So many signed-in readers."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def one() -> Buyer:
        async with turns:
            return await open_account(shop)

    return list(await asyncio.gather(*(one() for _ in range(count))))


async def open_account(shop: Container) -> Buyer:
    """A signed-in reader."""
    box = shop.adapters
    now = box.clock().now()
    user = User.register(
        UserId(uuid4()),
        EmailAddress.parse(f"r{uuid4().hex}@example.org"),
        "Jane Fairfax",
        PasswordHash("nobody signs in with it"),
        now,
    )
    session = Session.start(SessionId(uuid4()), user.id, "a test", fingerprint(uuid4().hex), now)
    async with box.unit_of_work()() as work:
        await work.users.add(user)
        await work.sessions.add(session)
    token = box.access_tokens().issue(AccessClaims(user.id, session.id), now)
    return Buyer(user.id, {"Authorization": f"Bearer {token}"})
