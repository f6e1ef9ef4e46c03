"""Look at orders."""

from application.orders.views import OrderSummary, OrderView, OrderViews
from domain.shared.ids import OrderId
from domain.users.principal import Principal, Role


class SeeOrder:
    """Readers see their own orders; staff sees all. Somebody else's order does not exist."""

    def __init__(self, views: OrderViews) -> None:
        self._views = views

    async def __call__(self, order_id: OrderId, who: Principal) -> OrderView:
        """Raises `OrderNotFound`."""
        staff = who.roles & {Role.STAFF, Role.ADMIN}
        return await self._views.one(order_id, None if staff else who.user_id)


class ListOrders:
    """A reader's own history, newest first."""

    def __init__(self, views: OrderViews) -> None:
        self._views = views

    async def __call__(
        self, who: Principal, *, before: OrderId | None, limit: int
    ) -> tuple[list[OrderSummary], OrderId | None]:
        """The page, and where the next one starts (None: this was the last)."""
        page = await self._views.of_reader(who.user_id, before=before, limit=limit + 1)
        more = len(page) > limit
        return page[:limit], page[limit - 1].order_id if more else None
