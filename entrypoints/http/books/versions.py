"""Entity tags: what a client has seen, so that nobody overwrites what they did not read."""

import hashlib
import re
from typing import Final

from domain.books.errors import VersionNotNamed
from domain.shared.errors import StaleVersion

ANY: Final = "*"
# "7-5d41402a": the version that changes are checked against, then a fingerprint of the whole answer. Copies
# sold change the answer, not the version, so a sale does not stand in the way of a correction.
_TAG: Final = re.compile(r'"(?P<version>[0-9]{1,9})(?:-[0-9a-f]+)?"')


def fingerprint(body: bytes) -> str:
    """Equal bodies have equal fingerprints."""
    return hashlib.blake2b(body, digest_size=8).hexdigest()


def version_tag(version: int, body: bytes) -> str:
    """The ETag of a book's page."""
    return f'"{version}-{fingerprint(body)}"'


def seen_version(if_match: str | None, *, needed: bool) -> int | None:
    """The version named in If-Match; None for `*`, or where none is needed. Raises `VersionNotNamed`, and
    `StaleVersion` for a tag that was never one of ours.
    """
    if if_match is None:
        if needed:
            raise VersionNotNamed("Send the ETag of the book you read as If-Match.")
        return None
    if if_match.strip() == ANY:
        return None
    found = _TAG.fullmatch(if_match.strip())
    if found is None:
        raise StaleVersion("If-Match is not an ETag of this book: read it again.")
    return int(found["version"])


def already_has(if_none_match: str | None, etag: str) -> bool:
    """The client holds this very answer (weak comparison, as RFC 9110 asks)."""
    if if_none_match is None:
        return False
    return if_none_match == etag or ANY in (tags := _tags(if_none_match)) or etag in tags


def _tags(header: str) -> list[str]:
    return [tag.strip().removeprefix("W/") for tag in header.split(",")]
