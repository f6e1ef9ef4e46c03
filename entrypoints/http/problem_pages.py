"""A page for each error code, so that `type` in a problem document leads somewhere."""

from collections.abc import Iterator
from html import escape
from inspect import cleandoc
from typing import Annotated, Final

from litestar import Controller, MediaType, get
from litestar.exceptions import NotFoundException
from litestar.params import Parameter

from domain.shared.errors import DomainError
from entrypoints.http.errors import FRAMEWORK_CODES, INTERNAL
from entrypoints.http.statuses import STATUS

WORDS_WITHOUT_RULE: Final = {
    "invalid_request": "A field is missing, unknown or of the wrong type. `errors` names each place.",
    "malformed_request": "The request could not be read: `detail` says where it stops making sense.",
    "not_found": "There is nothing at this address. The paths are listed at /docs.",
    "method_not_allowed": "The address exists, but not for this method. `Allow` lists those that work.",
    "body_too_large": "The body is longer than 64 KB. No honest request comes near that.",
    "unsupported_media_type": "Bodies are JSON: send `Content-Type: application/json`.",
    "internal_error": "A mistake of ours. It has been noted under the answer's X-Request-ID.",
    "payment_declined": "The payment was declined: no money is held, and the books are back on the shelf. "
    "Try again with another payment method and a new Idempotency-Key.",
    "order_ended": "The order came to an end before it was paid for: nothing is held. `detail` says why.",
}
_STATUS_WITHOUT_RULE: Final = {
    **{code: status for status, code in FRAMEWORK_CODES.items()},
    "invalid_request": 400,
    "internal_error": INTERNAL,
    "payment_declined": 402,
    "order_ended": 409,
}
_PAGE: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1>{content}</body></html>
"""


def explanations() -> dict[str, tuple[int, str]]:
    """Every code with its status and what it means, for the error classes that are loaded."""
    found = {code: (_STATUS_WITHOUT_RULE[code], words) for code, words in WORDS_WITHOUT_RULE.items()}
    for kind in _kinds(DomainError):
        if kind.code in STATUS:
            found[kind.code] = (STATUS[kind.code], cleandoc(kind.__doc__ or ""))
    return dict(sorted(found.items()))


def _kinds(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for narrower in kind.__subclasses__():
        yield narrower
        yield from _kinds(narrower)


class ProblemPages(Controller):
    """Public, and the same for everybody."""

    path = "/problems"
    include_in_schema = False

    @get(media_type=MediaType.HTML, sync_to_thread=False)
    def list_problems(self) -> str:
        """Every code the API can answer with."""
        rows = "".join(
            f'<li><a href="/problems/{code}">{code}</a> ({status})</li>'
            for code, (status, _) in explanations().items()
        )
        return _PAGE.format(title="Problems", content=f"<ul>{rows}</ul>")

    @get("/{code:str}", media_type=MediaType.HTML, sync_to_thread=False)
    def show_problem(self, code: Annotated[str, Parameter(max_length=100)]) -> str:
        """What one code means and what to do about it."""
        if code not in (known := explanations()):
            raise NotFoundException
        status, words = known[code]
        content = (
            f"<p>HTTP status {status}</p><p>{escape(words)}</p><p><a href='/problems'>All problems</a></p>"
        )
        return _PAGE.format(title=escape(code), content=content)
