"""Entity tags: what a client has seen, so that nobody overwrites what they did not read."""

import re
from typing import Final

from domain.books.errors import VersionNotNamed
from domain.shared.errors import StaleVersion
from entrypoints.http.answers.entity_tags import ANY, fingerprint

# "7-5d41402a": the version that changes are checked against, then a fingerprint of the whole answer. Copies
# sold change the answer, not the version, so a sale does not stand in the way of a correction.
_TAG: Final = re.compile(r'"(?P<version>[0-9]{1,9})(?:-[0-9a-f]+)?"')


def version_tag(version: int, body: bytes) -> str:
    """The ETag of a page of something that changes."""
    return f'"{version}-{fingerprint(body)}"'


def seen_version(if_match: str | None, *, needed: bool, what: str = "book") -> int | None:
    """The version named in If-Match; None for `*`, or where none is needed. Raises `VersionNotNamed`, and
    `StaleVersion` for a tag that was never one of ours.
    """
    if if_match is None:
        if needed:
            raise VersionNotNamed(f"Send the ETag of the {what} you read as If-Match.")
        return None
    if if_match.strip() == ANY:
        return None
    found = _TAG.fullmatch(if_match.strip())
    if found is None:
        raise StaleVersion(f"If-Match is not an ETag of this {what}: read it again.")
    return int(found["version"])
