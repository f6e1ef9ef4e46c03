"""The steps of a suspicion."""

from uuid import UUID

from temporalio import activity

from application.prices.ask_about_doubt import AskAboutDoubt
from application.prices.decide_as_staff import DecideAsStaff
from domain.prices.doubt import DoubtNotFound, Standing
from domain.shared.ids import UserId
from workflows.suspicion.contracts import Decision


class SuspicionActivities:
    """Everything a suspicion does to the world."""

    def __init__(self, *, ask_about_doubt: AskAboutDoubt, decide_as_staff: DecideAsStaff) -> None:
        self._ask_about_doubt = ask_about_doubt
        self._decide_as_staff = decide_as_staff

    @activity.defn(name="ask the store again about the price")
    async def ask(self, suspicion_id: str) -> str:
        """How it stands then; one that was forgotten meanwhile is gone."""
        try:
            return await self._ask_about_doubt(UUID(suspicion_id))
        except DoubtNotFound:
            return Standing.GONE

    @activity.defn(name="write down what staff says to the price")
    async def decide(self, decision: Decision) -> str:
        """How it stands from now on."""
        return await self._decide_as_staff(
            UUID(decision.suspicion_id), UserId(UUID(decision.by)), believed=decision.believed
        )
