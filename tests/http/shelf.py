"""Books put straight on the shelf, for tests that shop rather than catalogue."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import psycopg

from domain.shared.isbn import isbn13_check_digit


@dataclass(frozen=True)
class Shelf:
    """Speaks SQL, so that a test of carts does not hang on the routes of books."""

    database_url: str

    def put(
        self,
        title: str = "Emma",
        *,
        price: int = 1299,
        copies: int = 5,
        format: str = "paperback",  # noqa: A002 - the trade's word
        grams: int = 300,
    ) -> UUID:
        """One edition with so many copies; e-books get no stock."""
        book, work = uuid4(), uuid4()
        stem = f"9798{book.int % 10**8:08d}"
        isbn = stem + isbn13_check_digit(stem)
        self._run("INSERT INTO works (id, key, title) VALUES (%s, %s, %s)", work, str(work), title)
        self._run(
            "INSERT INTO work_authors (work_id, position, name, key) VALUES (%s, 1, %s, %s)",
            *(work, "Nobody Known", "nobody-known"),
        )
        self._run(
            "INSERT INTO books (id, work_id, isbn, format, title, sorting_key, price, currency, weight_grams)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, 'USD', %s)",
            *(book, work, isbn, format, title, title.lower(), price, grams),
        )
        if format in {"paperback", "hardcover"}:
            self._run("INSERT INTO stock (book_id, on_hand) VALUES (%s, %s)", book, copies)
            self._run(
                "INSERT INTO stock_movements (book_id, kind, on_hand, held, reason, at)"
                " VALUES (%s, 'receipt', %s, 0, 'a test', now())",
                *(book, copies),
            )
        return book

    def reprice(self, book: UUID, price: int) -> None:
        self._run("UPDATE books SET price = %s WHERE id = %s", price, book)

    def restock(self, book: UUID, copies: int) -> None:
        self._run("UPDATE stock SET on_hand = %s WHERE book_id = %s", copies, book)

    def withdraw(self, book: UUID) -> None:
        self._run("UPDATE books SET withdrawn_at = now() WHERE id = %s", book)

    def _run(self, statement: str, *values: object) -> None:
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            connection.execute(statement.encode(), values)
