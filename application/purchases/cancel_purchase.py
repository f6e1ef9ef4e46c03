"""Cancel a purchase."""

from application.purchases.process import PurchaseProcesses
from application.purchases.views import PurchaseViews, Receipt
from domain.purchases.errors import TooLateToCancelPurchase
from domain.purchases.status import PurchaseStatus
from domain.shared.ids import PurchaseId
from domain.users.principal import Principal, Role


class CancelPurchase:
    """The reader (or staff) calls a purchase off until its order goes to the store; twice is harmless."""

    def __init__(self, processes: PurchaseProcesses, views: PurchaseViews) -> None:
        self._processes = processes
        self._views = views

    async def __call__(self, purchase_id: PurchaseId, who: Principal) -> Receipt:
        """Returns the cancelled purchase; raises `PurchaseNotFound`, and `TooLateToCancelPurchase` also where
        it came to another end meanwhile.
        """
        staff = who.roles & {Role.STAFF, Role.ADMIN}
        owner = None if staff else who.user_id
        receipt = await self._views.receipt(purchase_id, owner)
        if receipt.purchase.status is PurchaseStatus.CANCELLED:
            return receipt
        receipt.purchase.ensure_cancellable()
        too_late = TooLateToCancelPurchase("This purchase came to another end before it could be cancelled.")
        try:
            await self._processes.cancel(purchase_id)
        except TooLateToCancelPurchase as said:
            too_late = said
        receipt = await self._views.receipt(purchase_id, owner)
        if receipt.purchase.status is not PurchaseStatus.CANCELLED:  # where a twin was quicker, it is
            raise too_late
        return receipt
