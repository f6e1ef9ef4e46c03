"""The one table from error codes to HTTP, and the problem documents (RFC 9457) clients read."""

from typing import Any, Final

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import ExceptionHandlersMap

from domain.shared.errors import DomainError

STATUS: Final[dict[str, int]] = {
    "invalid_input": 400,
    "not_authenticated": 401,
    "not_allowed": 403,
    "stale_version": 412,
    "subject_erased": 410,
    # An adapter could not reach what it speaks for: the caller may come back.
    "payment_outcome_unknown": 503,
    "carrier_outcome_unknown": 503,
    "database_unavailable": 503,
    "cache_unavailable": 503,
}
RETRY_LATER: Final = {"Retry-After": "1"}
PROBLEM_JSON: Final = "application/problem+json"

_log = structlog.get_logger("octavo.http")


def _problem(status: int, code: str, detail: str, **more: Any) -> Response[dict[str, Any]]:
    headers: dict[str, str] = dict(more.pop("headers", {}))
    if status == 503:  # noqa: PLR2004 - HTTP's own number
        headers |= RETRY_LATER
    body = {"type": f"/problems/{code}", "title": code.replace("_", " "), "status": status, "code": code}
    return Response(
        {**body, "detail": detail, **more}, status_code=status, media_type=PROBLEM_JSON, headers=headers
    )


def domain_error(_: Request[Any, Any, Any], error: DomainError) -> Response[dict[str, Any]]:
    """A rule said no: its code decides the status, its message and details travel as they are."""
    details = dict(error.details)
    headers = {"Retry-After": str(details["retry_after"])} if "retry_after" in details else {}
    if STATUS[error.code] == 401:  # noqa: PLR2004 - HTTP's own number
        headers["WWW-Authenticate"] = "Bearer"
    return _problem(STATUS[error.code], error.code, error.message, headers=headers, **details)


def invalid_request(_: Request[Any, Any, Any], error: ValidationException) -> Response[dict[str, Any]]:
    """The request does not have the shape the route asks for: name each place."""
    found = error.extra if isinstance(error.extra, list) else []
    errors = [
        {"field": str(item.get("key", "")), "message": str(item.get("message", ""))}
        for item in found
        if isinstance(item, dict)
    ]
    detail = "; ".join(f"{e['field']}: {e['message']}".lstrip(": ") for e in errors) or error.detail
    return _problem(400, "invalid_request", detail, errors=errors)


def http_error(_: Request[Any, Any, Any], error: HTTPException) -> Response[dict[str, Any]]:
    """The framework refused (no such route, wrong method, body too large)."""
    code = type(error).__name__.removesuffix("Exception").removesuffix("Error") or "http"
    words = "".join(f"_{c.lower()}" if c.isupper() else c for c in code).lstrip("_")
    return _problem(error.status_code, words, error.detail, headers=error.headers or {})


def unexpected(request: Request[Any, Any, Any], error: Exception) -> Response[dict[str, Any]]:
    """A mistake of ours: logged with its traceback, told without it."""
    _log.error("unexpected_error", path=request.url.path, method=request.method, exc_info=error)
    return _problem(500, "internal_error", "Something went wrong on our side; nothing was half done.")


EXCEPTION_HANDLERS: Final[ExceptionHandlersMap] = {
    DomainError: domain_error,
    ValidationException: invalid_request,
    HTTPException: http_error,
    Exception: unexpected,
}
