"""Look at purchases."""

from application.purchases.views import PurchaseOutcome, PurchaseViews, Receipt
from domain.shared.ids import PurchaseId
from domain.users.principal import Principal, Role


class SeePurchase:
    """A receipt on one page: what was quoted, what the store said at the last look, what was reserved, taken
    and given back, and every line of the ledger. Readers see their own, staff sees all.
    """

    def __init__(self, views: PurchaseViews) -> None:
        self._views = views

    async def __call__(self, purchase_id: PurchaseId, who: Principal) -> Receipt:
        """Raises `PurchaseNotFound`, also for somebody else's."""
        staff = who.roles & {Role.STAFF, Role.ADMIN}
        return await self._views.receipt(purchase_id, None if staff else who.user_id)


class ListPurchases:
    """A reader's own purchases, newest first."""

    def __init__(self, views: PurchaseViews) -> None:
        self._views = views

    async def __call__(
        self, who: Principal, *, before: PurchaseId | None, limit: int
    ) -> tuple[list[PurchaseOutcome], PurchaseId | None]:
        """The page, and where the next one starts (None: this was the last)."""
        page = await self._views.of_reader(who.user_id, before=before, limit=limit + 1)
        more = len(page) > limit
        return page[:limit], page[limit - 1].purchase_id if more else None
