"""In what form a book comes."""

from enum import StrEnum


class Format(StrEnum):
    """What the reader gets."""

    HARDCOVER = "hardcover"
    PAPERBACK = "paperback"
    EBOOK = "ebook"
    AUDIOBOOK = "audiobook"

    @property
    def is_digital(self) -> bool:
        """Delivered at once and never out of stock."""
        return self in {Format.EBOOK, Format.AUDIOBOOK}
