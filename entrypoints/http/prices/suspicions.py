"""/v1/prices/suspicions: prices that are cheap beyond belief, and what staff says to them."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from application.prices.decide_doubts import ApprovePrice, RejectPrice, SeeDoubts
from domain.users.principal import Principal
from entrypoints.http.prices.comparison_schemas import SuspectedPrice, SuspectedPrices

Limit = Annotated[int, QueryParameter(ge=1, le=100, description="How many.")]


class Suspicions(Controller):
    """For staff. Repeating a decision changes nothing; the other one replaces it."""

    path = "/prices/suspicions"
    tags = ("Prices",)

    @get(description=SeeDoubts.__doc__)
    async def waiting(
        self,
        staff: NamedDependency[Principal],  # noqa: ARG002 - naming it closes the route to everybody else
        see_doubts: NamedDependency[SeeDoubts],
        limit: Limit = 20,
    ) -> SuspectedPrices:
        """What waits."""
        return SuspectedPrices(items=[SuspectedPrice.of(doubt) for doubt in await see_doubts(limit)])

    @post("/{suspicion_id:uuid}/approve", status_code=200, description=ApprovePrice.__doc__)
    async def approve(
        self,
        suspicion_id: FromPath[UUID],
        staff: NamedDependency[Principal],
        approve_price: NamedDependency[ApprovePrice],
    ) -> SuspectedPrice:
        """A bargain."""
        return SuspectedPrice.of(await approve_price(suspicion_id, staff.user_id))

    @post("/{suspicion_id:uuid}/reject", status_code=200, description=RejectPrice.__doc__)
    async def reject(
        self,
        suspicion_id: FromPath[UUID],
        staff: NamedDependency[Principal],
        reject_price: NamedDependency[RejectPrice],
    ) -> SuspectedPrice:
        """A mistake."""
        return SuspectedPrice.of(await reject_price(suspicion_id, staff.user_id))
