"""Why Google says no, as users of its API have reported it; recorded shapes, not calls."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.books_api.google_refusals import BRIEFLY, refusal_of
from adapters.books_api.wire import LONGEST_REST, Answer
from application.external_books.ports import SourceBusy, SourceFailed, SourceRefuses

NOW = datetime(2026, 7, 1, 20, 30, tzinfo=UTC)
TOMORROW = timedelta(hours=11, minutes=30).total_seconds()
MINUTE = "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute per user'"
DAY = (
    "Quota exceeded for quota metric 'Queries' and limit 'Queries per day' of service 'books.googleapis.com'"
)


def an_error(status: int, reason: str, message: str = "", **headers: str) -> Answer:
    error: dict[str, Any] = {"code": status, "message": message, "errors": [{"reason": reason}]}
    return Answer(status, headers, json.dumps({"error": error}).encode())


@pytest.mark.parametrize(
    ("answer", "rest"),
    [
        (an_error(429, "rateLimitExceeded", MINUTE), BRIEFLY),
        (an_error(429, "rateLimitExceeded", DAY), TOMORROW),
        (an_error(429, "rateLimitExceeded", DAY, **{"Retry-After": "30"}), 30.0),
        (an_error(429, "rateLimitExceeded", **{"Retry-After": "Wed, 01 Jul 2026 20:31:00 GMT"}), 60.0),
        (an_error(429, "rateLimitExceeded", **{"Retry-After": "soon"}), BRIEFLY),
        (an_error(429, "rateLimitExceeded", **{"Retry-After": "0"}), 1.0),
        (an_error(429, "rateLimitExceeded", **{"Retry-After": "9999999"}), LONGEST_REST),
        (Answer(429, {}, b"<html>slow down</html>"), BRIEFLY),
        (an_error(403, "userRateLimitExceeded"), BRIEFLY),
        (an_error(403, "rateLimitExceeded", MINUTE), BRIEFLY),
        (an_error(403, "dailyLimitExceeded"), TOMORROW),
        (an_error(403, "dailyLimitExceededUnreg"), TOMORROW),
    ],
)
def test_a_spent_quota_is_a_rest(answer: Answer, rest: float) -> None:
    refusal = refusal_of(answer, NOW)
    assert isinstance(refusal, SourceBusy)
    assert refusal.retry_after == rest


@pytest.mark.parametrize(
    "answer",
    [
        an_error(403, "unknownLocation"),
        an_error(403, "accessNotConfigured"),
        an_error(403, "forbidden"),
        an_error(401, "authError"),
        an_error(400, "badRequest", "API key not valid. Please pass a valid API key."),
        an_error(400, "keyInvalid"),
        Answer(403, {}, b"no"),
    ],
)
def test_what_a_person_must_mend_is_a_refusal(answer: Answer) -> None:
    assert isinstance(refusal_of(answer, NOW), SourceRefuses)


def test_a_question_it_does_not_understand_has_no_answer() -> None:
    assert refusal_of(an_error(400, "badRequest", "Bad query"), NOW) is None


@pytest.mark.parametrize(
    "answer", [an_error(503, "backendFailed"), Answer(302, {}, b""), Answer(500, {}, b"x")]
)
def test_everything_else_is_a_failure(answer: Answer) -> None:
    assert isinstance(refusal_of(answer, NOW), SourceFailed)


def test_before_eight_the_day_ends_the_same_morning() -> None:
    early = NOW.replace(hour=3, minute=0)
    refusal = refusal_of(an_error(403, "dailyLimitExceeded"), early)
    assert isinstance(refusal, SourceBusy)
    assert refusal.retry_after == timedelta(hours=5).total_seconds()
