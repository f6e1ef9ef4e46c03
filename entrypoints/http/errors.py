"""The one table from error codes to HTTP, and the problem documents (RFC 9457) clients read."""

from typing import Any, Final

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import ExceptionHandlersMap, Send

from domain.shared.errors import DomainError, InvalidInput
from entrypoints.http.problems import PROBLEM_JSON, FieldProblem, Problem, problem, wording

STATUS: Final[dict[str, int]] = {
    "invalid_input": 400,
    "forged_message": 400,
    "not_authenticated": 401,
    "not_allowed": 403,
    "stale_version": 412,
    "version_not_named": 428,
    "book_not_found": 404,
    "work_not_found": 404,
    "author_not_found": 404,
    "series_not_found": 404,
    "duplicate_isbn": 409,
    "duplicate_work": 409,
    "book_is_withdrawn": 410,
    "book_unknown_elsewhere": 404,
    "book_sources_unavailable": 503,
    "author_not_told": 422,
    "subject_erased": 410,
    # An adapter could not reach what it speaks for: the caller may come back.
    "payment_outcome_unknown": 503,
    "carrier_outcome_unknown": 503,
    # A key spent twice is our own mistake.
    "payment_key_reused": 500,
    "shipment_key_reused": 500,
    "database_unavailable": 503,
    "search_unavailable": 503,
    "cache_unavailable": 503,
    "store_failed": 503,
    "store_slow": 503,
    "store_broken": 503,
    "store_refused": 503,
    "store_busy": 503,
    "store_order_outcome_unknown": 503,
    "store_does_not_answer": 503,
    "store_cannot_tell": 503,
    "store_takes_no_orders": 409,
    "store_order_key_reused": 500,
    "purchase_not_found": 404,
    "purchase_cannot_move": 409,
    "too_late_to_cancel_purchase": 409,
    "last_look_failed": 503,
    "comparison_failed": 503,
    "cap_reached": 409,
    "caps_not_set": 409,
    "caps_contradict": 422,
    "doubt_not_found": 404,
    "watch_not_found": 404,
    "watch_has_ended": 409,
    "watch_cannot_move": 409,
    "nothing_to_veto": 409,
    "too_many_watches": 409,
    "webhook_not_accepted": 503,
    "not_set_aside": 404,
    "not_refreshed": 404,
    "nothing_to_resume": 409,
    "refreshing_stopped_already": 409,
    # A transaction that does not add up is our own mistake.
    "books_do_not_balance": 500,
    "not_enough_points": 409,
    "market_not_found": 404,
    "bet_not_found": 404,
    "market_cannot_move": 409,
    "betting_locked": 409,
    "betting_not_allowed": 403,
    "already_bet": 409,
    "not_running": 422,
    "stake_too_high": 422,
    "conflict_of_interest": 409,
    "nothing_to_dispute": 409,
    "mail_not_accepted": 503,
    "too_many_requests": 429,
    "email_taken": 409,
    "user_not_found": 404,
    "session_not_found": 404,
    "wrong_credentials": 401,
    "refresh_token_rejected": 401,
    "too_many_attempts": 429,
    "sign_in_busy": 503,
    "cart_token_invalid": 400,
    "cart_full": 409,
    "not_in_cart": 404,
    "cart_unavailable": 503,
    "cart_is_empty": 409,
    "no_longer_sold": 409,
    "mixed_currencies": 409,
    "quote_not_found": 404,
    "quote_expired": 409,
    "quote_already_used": 409,
    "cart_changed_since_quote": 409,
    "coupon_not_found": 404,
    "coupon_exists": 409,
    "coupon_not_valid": 422,
    "coupon_exhausted": 409,
    "coupon_used_up": 409,
    "out_of_stock": 409,
    "no_stock_record": 404,
    "order_not_found": 404,
    "illegal_move": 409,
    "too_late_to_cancel": 409,
    "refund_too_large": 422,
    "refund_not_found": 404,
    "nothing_to_refund": 409,
    "review_not_found": 404,
    "already_reviewed": 409,
    "not_your_review": 403,
    "own_review": 409,
    "too_many_reviews": 429,
    "too_many_reports": 429,
    "club_not_found": 404,
    "not_a_member": 403,
    "not_a_host": 403,
    "not_the_owner": 403,
    "owner_stays": 409,
    "member_not_found": 404,
    "invitation_not_good": 409,
    "club_is_full": 409,
    "meeting_not_found": 404,
    "meeting_is_over": 409,
    "meeting_not_begun": 409,
    "meeting_has_begun": 409,
    "attendance_code_not_good": 409,
    "edition_length_unknown": 422,
    "progress_is_sealed": 403,
    "attendee_not_found": 404,
    "calendar_not_found": 404,
    "reader_not_found": 404,
    "oneself_meant": 409,
    "blocked_by_you": 409,
    "declined_lately": 409,
    "friend_request_not_found": 404,
    "friend_request_waits": 409,
    "too_many_friend_requests": 409,
    "idempotency_key_reused": 422,
    "request_in_progress": 409,
    "unknown_provider": 404,
    "processes_unavailable": 503,
}
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
