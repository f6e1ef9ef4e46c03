"""What a copy weighs, and what a parcel of copies weighs."""

from typing import Final

from domain.shared.errors import InvalidInput

# Grams of a typical copy, for books whose publisher does not say: a 6 by 9 inch book of 320 pages on
# 80 g/m² paper is 160 leaves of 0.0348 m², 446 g of paper; boards, cloth and jacket add a quarter, a
# paper cover little. E-books and audiobooks are downloads.
TYPICAL_GRAMS: Final = {"hardcover": 560, "paperback": 460, "ebook": 0, "audiobook": 0}
MAILER_GRAMS: Final = 80  # one padded mailer
MAILER_HOLDS_GRAMS: Final = 1_500  # two or three books; more tear it
BOX_GRAMS: Final = 250  # a double-walled book box with filling
BOX_HOLDS_GRAMS: Final = 10_000  # what carriers let one person lift without a second label


def copy_grams(book_format: str, said: int | None) -> int:
    """What the publisher said one copy weighs, else what such books weigh; downloads weigh nothing."""
    typical = TYPICAL_GRAMS.get(book_format)
    if typical is None:
        raise InvalidInput("format", f"{book_format!r} is not a format the shop can weigh.")
    return typical if said is None or typical == 0 else said


def parcel_grams(books_grams: int) -> int:
    """Books and packaging together; nothing for nothing."""
    if books_grams <= 0:
        return 0
    if books_grams <= MAILER_HOLDS_GRAMS:
        return books_grams + MAILER_GRAMS
    return books_grams + BOX_GRAMS * -(-books_grams // BOX_HOLDS_GRAMS)
