"""Bodies as they lie in Valkey: large ones that stay are compressed, and all have a checksum."""

import zlib
from typing import Final

LASTING: Final = 10.0  # seconds; what is gone sooner takes up little room at any time
LARGE: Final = 2_048  # bytes; below it compressing costs more time than the copy it spares
QUICK: Final = 1  # zlib's level: a page of a list shrinks to a quarter in 50 µs, and is read in 10


class Garbled(Exception):
    """This is not what was packed."""


def pack(body: bytes, seconds: float) -> tuple[bytes, bytes]:
    """What tells how it is packed, and the body packed for a stay of so many seconds."""
    how = b"deflate" if len(body) >= LARGE and seconds >= LASTING else b"plain"
    packed = zlib.compress(body, QUICK) if how == b"deflate" else body
    return b"%s %d" % (how, zlib.crc32(body)), packed


def unpack(packing: bytes, packed: bytes) -> bytes:
    """The body; raises `Garbled`."""
    how, _, checksum = packing.partition(b" ")
    try:
        body = zlib.decompress(packed) if how == b"deflate" else packed
    except zlib.error as error:
        raise Garbled from error
    if checksum != b"%d" % zlib.crc32(body):
        raise Garbled
    return body
