"""What clients read when a rule says no, or something went wrong: problem documents (RFC 9457)."""

from typing import Any, Final

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import ExceptionHandlersMap, Send

from domain.shared.errors import DomainError, InvalidInput
from entrypoints.http.problems import PROBLEM_JSON, FieldProblem, Problem, problem, wording
from entrypoints.http.statuses import STATUS

# What the framework refuses before the shop is asked; what each says stands in `problem_pages`.
FRAMEWORK_CODES: Final[dict[int, str]] = {
    400: "malformed_request",
    404: "not_found",
    405: "method_not_allowed",
    413: "body_too_large",
    415: "unsupported_media_type",
}
FRAMEWORK_WORDS: Final[dict[int, str]] = {
    404: "There is nothing at this address; /docs lists what there is.",
    405: "This address does not take that method; the header Allow lists those it takes.",
    413: "The body is longer than 64 KB.",
}
UNAUTHENTICATED: Final = 401
INTERNAL: Final = 500
UNAVAILABLE: Final = 503

_log = structlog.get_logger("octavo.http")


def _answer(found: Problem, headers: dict[str, str] | None = None) -> Response[Problem]:
    return Response(found, status_code=found["status"], media_type=PROBLEM_JSON, headers=headers)


def domain_problem(error: DomainError) -> tuple[Problem, dict[str, str]]:
    """The document and the headers for a rule that said no."""
    status = STATUS[error.code]
    headers = {}
    if "retry_after" in error.details:
        headers["Retry-After"] = str(error.details["retry_after"])
    elif status == UNAVAILABLE:
        headers["Retry-After"] = "1"
    if status == UNAUTHENTICATED:
        headers["WWW-Authenticate"] = "Bearer"
    more = dict(error.details)
    if isinstance(error, InvalidInput):  # said the same way as a field of the wrong type
        more["errors"] = [{"field": error.field, "message": error.message}]
    return problem(status, error.code, error.message, **more), headers


def domain_error(request: Request[Any, Any, Any], error: DomainError) -> Response[Problem]:
    """A rule said no: its code decides the status, its message and details travel as they are."""
    if STATUS[error.code] == INTERNAL:
        return unexpected(request, error)
    return _answer(*domain_problem(error))


async def send_problem(send: Send, error: DomainError) -> None:
    """Answer with the error from outside the framework, where nobody catches it."""
    found, more = domain_problem(error)
    headers = {"Content-Type": PROBLEM_JSON, **more}
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": found["status"], "headers": raw})
    await send({"type": "http.response.body", "body": msgspec.json.encode(found), "more_body": False})


def invalid_request(_: Request[Any, Any, Any], error: ValidationException) -> Response[Problem]:
    """The request does not have the shape the route asks for: name each place."""
    found = error.extra if isinstance(error.extra, list) else []
    errors = [_field_problem(item) for item in found if isinstance(item, dict)]
    detail = "; ".join(f"{e['field']}: {e['message']}".removeprefix(": ") for e in errors) or error.detail
    return _answer(problem(400, "invalid_request", detail, errors=errors))


def _field_problem(found: dict[str, Any]) -> FieldProblem:
    field = str(found.get("key", ""))
    if field == "data":  # Litestar's name for a body that did not come
        return {"field": "", "message": "Send a JSON body."}
    if found.get("source") == "header":  # named as the client wrote it, not as our parameter is called
        field = field.replace("_", "-").title()
    return {"field": field, "message": wording(str(found.get("message", "")))}


def http_error(request: Request[Any, Any, Any], error: HTTPException) -> Response[Problem]:
    """The framework refused (no such route, wrong method, body too large)."""
    if error.status_code >= INTERNAL:
        return unexpected(request, error)
    code = FRAMEWORK_CODES.get(error.status_code, "malformed_request")
    detail = FRAMEWORK_WORDS.get(error.status_code, error.detail)
    return _answer(problem(error.status_code, code, detail), error.headers)


def unexpected(request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    """A mistake of ours: logged with its traceback, told without it."""
    _log.error(
        "unexpected_error", route=request.scope.get("path_template"), method=request.method, exc_info=error
    )
    return _answer(
        problem(INTERNAL, "internal_error", "Something went wrong on our side; it has been noted.")
    )


EXCEPTION_HANDLERS: Final[ExceptionHandlersMap] = {
    DomainError: domain_error,
    ValidationException: invalid_request,
    HTTPException: http_error,
    Exception: unexpected,
}
