"""Entity tags: what a client has already seen."""

import hashlib
from typing import Final

ANY: Final = "*"


def fingerprint(body: bytes) -> str:
    """Equal bodies have equal fingerprints."""
    return hashlib.blake2b(body, digest_size=8).hexdigest()


def already_has(if_none_match: str | None, etag: str) -> bool:
    """The client holds this very answer (weak comparison, as RFC 9110 asks)."""
    if if_none_match is None:
        return False
    return if_none_match == etag or ANY in (tags := _tags(if_none_match)) or etag in tags


def _tags(header: str) -> list[str]:
    return [tag.strip().removeprefix("W/") for tag in header.split(",")]
