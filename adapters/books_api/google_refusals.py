"""Why Google Books said no: whether to come back soon, tomorrow, or never with this key."""

from datetime import datetime, timedelta
from typing import Any, Final

from adapters.books_api.wire import Answer
from application.external_books.ports import NoAnswer, SourceBusy, SourceFailed, SourceRefuses

BRIEFLY: Final = (
    60.0  # seconds, where it does not say for how long: its quotas are by the minute or by the day
)
# Quotas of a day begin anew at midnight in California: at eight, or in summer at seven, by UTC.
DAY_BEGINS: Final = timedelta(hours=8)
OF_THE_DAY: Final = frozenset({"dailyLimitExceeded", "dailyLimitExceededUnreg", "quotaExceeded"})
OF_THE_MOMENT: Final = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "concurrentLimitExceeded"})
BAD_KEY: Final = frozenset({"keyInvalid", "keyExpired", "API_KEY_INVALID", "accessNotConfigured"})


def refusal_of(answer: Answer, now: datetime) -> NoAnswer | None:
    """What to raise; None where it merely did not understand the question."""
    error = _error(answer)
    reasons, message = _reasons(error), str(error.get("message", ""))
    why = f"Google Books: {answer.status} {' '.join(sorted(reasons))}".strip()
    match answer.status:
        case 429:
            return _busy(why, answer, reasons, message, now)
        case 403 if reasons & (OF_THE_DAY | OF_THE_MOMENT):
            return _busy(why, answer, reasons, message, now)
        case 401 | 403:
            return SourceRefuses(why)  # also unknownLocation: the country that was sent is none
        case 400 if reasons & BAD_KEY or "API key" in message:
            return SourceRefuses(why)
        case 400:
            return None
    return SourceFailed(why)


def _busy(why: str, answer: Answer, reasons: set[str], message: str, now: datetime) -> SourceBusy:
    if told := answer.retry_after(now):
        return SourceBusy(why, told)
    # The reason is "rateLimitExceeded" for both; the words alone tell a spent day from a hasty minute.
    if reasons & OF_THE_DAY or "per day" in message.lower():
        return SourceBusy(why, _until_tomorrow(now))
    return SourceBusy(why, BRIEFLY)


def _until_tomorrow(now: datetime) -> float:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + DAY_BEGINS
    if midnight <= now:
        midnight += timedelta(days=1)
    return (midnight - now).total_seconds()


def _error(answer: Answer) -> dict[str, Any]:
    try:
        error = answer.document().get("error")
    except SourceFailed:
        return {}
    return error if isinstance(error, dict) else {}


def _reasons(error: dict[str, Any]) -> set[str]:
    found = {error.get("status")}
    for name in ("errors", "details"):
        entries = error.get(name)
        if isinstance(entries, list):
            found |= {entry.get("reason") for entry in entries if isinstance(entry, dict)}
    return {reason for reason in found if isinstance(reason, str)}
