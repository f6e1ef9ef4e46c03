"""From the core's errors to Temporal's failures: the one table, and the interceptor that applies it."""

from typing import Any, Final

from temporalio import activity, exceptions
from temporalio.exceptions import ActivityError, ApplicationError, FailureError, TimeoutType
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from domain.shared.errors import DomainError

# Trying again may help: somebody did not answer, or somebody else was quicker. Every other code is the final
# word of a rule, and trying again would only say it twice.
WORTH_A_RETRY: Final = frozenset(
    {
        "payment_outcome_unknown",
        "carrier_outcome_unknown",
        "store_does_not_answer",  # but never store_order_outcome_unknown: ordering anew could order twice
        "comparison_failed",
        "last_look_failed",
        "mail_not_accepted",
        "webhook_not_accepted",
        "processes_unavailable",
        "database_unavailable",
        "cache_unavailable",
        "stale_version",
    }
)


def failure_of(error: DomainError) -> ApplicationError:
    """The failure a workflow sees: its type is the error's stable code."""
    return ApplicationError(error.message, type=error.code, non_retryable=error.code not in WORTH_A_RETRY)


def cause_of(error: FailureError) -> BaseException:
    """What went wrong in a step: remote activities wrap it, local ones do not."""
    return error.cause if isinstance(error, ActivityError) and error.cause else error


def code_of(error: FailureError) -> str | None:
    """The code of what the core said; None when the step did not come to an answer."""
    cause = cause_of(error)
    return cause.type if isinstance(cause, ApplicationError) else None


def final_code(error: FailureError) -> str | None:
    """The code of a rule that said no for good; None when trying again may help."""
    cause = cause_of(error)
    if isinstance(cause, ApplicationError) and cause.non_retryable:
        return cause.type
    return None


def _unexpected(error: Exception) -> ApplicationError:
    """A mistake of ours: whatever data its words hold stay in the worker; a repaired worker tries again."""
    name = type(error).__name__
    return ApplicationError(f"The step broke off unexpectedly: {name}", type=name)


def was_not_picked_up(error: ActivityError) -> bool:
    """No worker took the step, so it was never tried, and no patience is spent: workers were away."""
    cause = error.cause
    return isinstance(cause, exceptions.TimeoutError) and cause.type is TimeoutType.SCHEDULE_TO_START


class DomainErrors(Interceptor):
    """Worker interceptor: activities raise the core's errors, Temporal sees them by the table."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002 - Temporal's own name
        """Wrap every activity of the worker."""
        return _Translating(next)


class _Translating(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002, ANN401 - Temporal's own signature
        try:
            return await self.next.execute_activity(input)
        except DomainError as error:
            activity.logger.info("activity said no: %s", error.code)
            # Without its cause: the words of a mail server name the reader, and histories must not.
            raise failure_of(error) from None
        except FailureError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a step dies of is passed on, by name only
            activity.logger.exception("activity broke off")
            raise _unexpected(error) from None
