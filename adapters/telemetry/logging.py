"""One JSON object a line on standard error, from every process and every library, without personal data."""

import logging
import sys
from collections.abc import MutableMapping
from contextvars import ContextVar
from types import TracebackType
from typing import Any, Final

import msgspec
import structlog
from structlog.tracebacks import ExceptionDictTransformer

from adapters.telemetry.redaction import redact

request_id: Final[ContextVar[str]] = ContextVar("request_id", default="")
# Libraries whose "info" repeats what the shop counts anyway.
_QUIET: Final = {
    "aiosmtplib": logging.WARNING,
    "alembic": logging.WARNING,
    "httpx": logging.WARNING,
    "psycopg.pool": logging.ERROR,
}

_log = structlog.get_logger("octavo.process")


def configure_logging(level: str = "info") -> None:
    """Call once, first thing in a process. There is no access log: requests are counted, not listed."""
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _add_request_id,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            structlog.processors.ExceptionRenderer(
                ExceptionDictTransformer(show_locals=False, max_frames=30)
            ),
            redact,
            _as_json,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.BytesLoggerFactory(sys.stderr.buffer),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(handlers=[_IntoStructlog()], level=number, force=True)
    for name, quiet in _QUIET.items():
        logging.getLogger(name).setLevel(max(quiet, number))
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_uncaught


class _IntoStructlog(logging.Handler):
    """What libraries log takes the same way out, so that it is cleaned too."""

    def emit(self, record: logging.LogRecord) -> None:
        structlog.get_logger().log(
            record.levelno, record.getMessage(), logger=record.name, exc_info=record.exc_info or None
        )


def _add_request_id(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if present := request_id.get():
        event["request_id"] = present
    return event


def _as_json(_: object, __: str, event: MutableMapping[str, Any]) -> bytes:
    return msgspec.json.encode(event, enc_hook=str)


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    _log.critical("process_died", exc_info=(kind, error, trace))
