"""Meetings' processes on Temporal: business ids, start-or-attach, one bounded call each."""

import asyncio
from collections.abc import Collection
from datetime import timedelta
from typing import Final

from temporalio.client import WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.common import (
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from adapters.temporal.client import TemporalConnection
from application.bets.views import BettingViews
from application.orders.errors import ProcessesUnavailable
from domain.bets.errors import ConflictOfInterest, MarketNotFound, NothingToDispute
from domain.clubs.errors import NotAHost, NotAMember
from domain.meetings.errors import MeetingNotFound
from domain.shared.errors import DomainError, InvalidInput
from domain.shared.ids import MarketId, MeetingId, UserId
from workflows.checkout.contracts import TASK_QUEUE
from workflows.meeting.contracts import Dispute, MeetingInput, Ruling, workflow_id
from workflows.meeting.workflow import MeetingWorkflow
from workflows.shared.policies import TASK_TIMEOUT
from workflows.shared.search_attributes import CLUB_ID, ORDER_STATUS

CALL: Final = timedelta(seconds=2)  # a start or a signal takes milliseconds, or the outbox relay repeats it
DECISION: Final = timedelta(seconds=15)  # a ruling is in the books before it is answered
_NOTHING: Final = "There is no proposed result that could be disputed or ruled on now."
# What a rule said in the process is said here again, in the same terms.
_SAID: Final[dict[str, type[DomainError]]] = {
    kind.code: kind for kind in (ConflictOfInterest, MarketNotFound, NothingToDispute)
}
_WORDLESS: Final = {kind.code: kind for kind in (MeetingNotFound, NotAMember, NotAHost)}


class TemporalMeetingProcesses:
    """The `MeetingProcesses` port."""

    def __init__(self, connection: TemporalConnection, views: BettingViews) -> None:
        self._connection = connection
        self._views = views

    async def start_meeting(self, meeting_id: MeetingId) -> None:
        """Start it, or find it running. Once over it may begin again: where a market was corrected, there is
        something left to end, and otherwise nothing happens.
        """
        club_id = await self._views.club_of(meeting_id)
        client = await self._connection.client()
        try:
            await client.start_workflow(
                MeetingWorkflow.run,
                MeetingInput(str(meeting_id)),
                id=workflow_id(meeting_id),
                task_queue=TASK_QUEUE,
                task_timeout=TASK_TIMEOUT,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
                search_attributes=TypedSearchAttributes(
                    [SearchAttributePair(ORDER_STATUS, "open"), SearchAttributePair(CLUB_ID, str(club_id))]
                ),
                static_summary="Bets on a meeting",
                rpc_timeout=CALL,
            )
        except RPCError as error:
            raise _unavailable() from error

    async def meeting_moved(self, meeting_id: MeetingId) -> None:
        """Pass on the hint."""
        client = await self._connection.client()
        handle = client.get_workflow_handle_for(MeetingWorkflow.run, workflow_id(meeting_id))
        try:
            await handle.signal(MeetingWorkflow.news, rpc_timeout=CALL)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:  # news for a finished process is no news
                raise _unavailable() from error

    async def dispute(self, meeting_id: MeetingId, market_id: MarketId, by: UserId) -> None:
        """By update."""
        await self._ask(meeting_id, "dispute", Dispute(str(meeting_id), str(market_id), str(by)))

    async def rule(
        self,
        meeting_id: MeetingId,
        market_id: MarketId,
        by: UserId,
        winners: Collection[str] | None,
        *,
        staff: bool,
    ) -> None:
        """By update."""
        named = None if winners is None else sorted(winners)
        ruling = Ruling(str(meeting_id), str(market_id), str(by), named, staff)
        await self._ask(meeting_id, "rule", ruling)

    async def _ask(self, meeting_id: MeetingId, update: str, given: Dispute | Ruling) -> None:
        client = await self._connection.client()
        handle = client.get_workflow_handle(workflow_id(meeting_id))
        try:
            # Temporal's client asks anew after each of its own time-outs, for as long as nobody decides.
            async with asyncio.timeout(DECISION.total_seconds()):
                await handle.execute_update(update, given, rpc_timeout=DECISION)
        except WorkflowUpdateFailedError as error:
            raise _said(error) from error
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:  # its process is over, and so is every market
                raise NothingToDispute(_NOTHING) from error
            raise _unavailable() from error
        except (WorkflowUpdateRPCTimeoutOrCancelledError, TimeoutError) as error:
            raise _unavailable() from error


def _said(error: WorkflowUpdateFailedError) -> DomainError:
    cause = error.cause
    code = cause.type if isinstance(cause, ApplicationError) else None
    if code in _WORDLESS:
        return _WORDLESS[code]()
    if code in _SAID:
        return _SAID[code](str(cause.message) if isinstance(cause, ApplicationError) else _NOTHING)
    if code == InvalidInput.code and isinstance(cause, ApplicationError):
        return InvalidInput("winners", cause.message)
    return _unavailable()


def _unavailable() -> ProcessesUnavailable:
    return ProcessesUnavailable("The process engine does not answer; try again in a moment.")
