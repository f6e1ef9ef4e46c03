"""/v1/purchases."""

from typing import Annotated, Final
from uuid import UUID

from litestar import Controller, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from application.purchases.cancel_purchase import CancelPurchase
from application.purchases.caps import SeeCaps, SetCaps
from application.purchases.reconcile import SeeReconciliations
from application.purchases.see_purchases import ListPurchases, SeePurchase
from domain.shared.ids import PurchaseId
from domain.users.principal import Principal
from entrypoints.http.purchases.answers import PurchaseAnswer, PurchasePage
from entrypoints.http.purchases.books import CapsAnswer, CapsList, ReconciliationAnswer, ReconciliationList
from entrypoints.http.purchases.receipt import ReceiptAnswer
from entrypoints.http.purchases.schemas import CapsBody

MOST: Final = 100
Limit = Annotated[int, QueryParameter(ge=1, le=MOST)]


class Purchases(Controller):
    """A reader's purchases and caps; staff sees everybody's purchases."""

    path = "/purchases"
    tags = ("purchases",)

    @get(description=ListPurchases.__doc__)
    async def list_purchases(
        self,
        reader: NamedDependency[Principal],
        list_purchases: NamedDependency[ListPurchases],
        limit: Limit = 20,
        cursor: FromQuery[UUID | None] = None,
    ) -> PurchasePage:
        """My purchases, newest first."""
        before = PurchaseId(cursor) if cursor else None
        found, following = await list_purchases(reader, before=before, limit=limit)
        items = [PurchaseAnswer.of(outcome) for outcome in found]
        return PurchasePage(items, str(following) if following else None)

    @get("/{purchase_id:uuid}", description=SeePurchase.__doc__)
    async def see(
        self,
        purchase_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        see_purchase: NamedDependency[SeePurchase],
    ) -> ReceiptAnswer:
        """The receipt."""
        return ReceiptAnswer.of(await see_purchase(PurchaseId(purchase_id), reader))

    @post("/{purchase_id:uuid}/cancel", status_code=200, description=CancelPurchase.__doc__)
    async def cancel(
        self,
        purchase_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        cancel_purchase: NamedDependency[CancelPurchase],
    ) -> ReceiptAnswer:
        """Call it off."""
        return ReceiptAnswer.of(await cancel_purchase(PurchaseId(purchase_id), reader))

    @get("/caps", description=SeeCaps.__doc__)
    async def see_caps(
        self, reader: NamedDependency[Principal], see_caps: NamedDependency[SeeCaps]
    ) -> CapsList:
        """What may be spent."""
        return CapsList([CapsAnswer.of(force) for force in await see_caps(reader.user_id)])

    @put("/caps", description=SetCaps.__doc__)
    async def set_caps(
        self,
        data: JSONBody[CapsBody],
        reader: NamedDependency[Principal],
        set_caps: NamedDependency[SetCaps],
    ) -> CapsAnswer:
        """Set my caps in one currency."""
        return CapsAnswer.of(await set_caps(reader.user_id, data.caps()))

    @get("/reconciliations", description=SeeReconciliations.__doc__)
    async def see_reconciliations(
        self,
        staff: NamedDependency[Principal],  # noqa: ARG002 - naming it closes the route to everybody else
        see_reconciliations: NamedDependency[SeeReconciliations],
        limit: Limit = 31,
    ) -> ReconciliationList:
        """What the daily reckoning found (staff)."""
        found = await see_reconciliations(limit)
        return ReconciliationList([ReconciliationAnswer.of(each) for each in found])
