"""Bodies as they lie in Valkey: small ones as they are, larger ones compressed, all with a checksum."""

import zlib
from typing import Final

LARGE: Final = 2_048  # bytes; below it compressing costs more time than the copy it spares
QUICK: Final = 1  # zlib's level: a page of a list shrinks to a quarter in 50 µs, and is read in 10


class Garbled(Exception):
    """This is not what was packed."""


def pack(body: bytes) -> tuple[bytes, bytes]:
    """What tells how it is packed, and the packed body."""
    how = b"deflate" if len(body) >= LARGE else b"plain"
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
