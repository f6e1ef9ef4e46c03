"""Cancel an order."""

from application.orders.process import OrderProcesses
from application.orders.views import OrderView, OrderViews
from domain.orders.errors import TooLateToCancel
from domain.orders.status import TERMINAL, OrderStatus
from domain.shared.ids import OrderId
from domain.users.principal import Principal, Role


class CancelOrder:
    """The reader (or staff) calls an order off until its parcel has left; cancelling twice is harmless."""

    def __init__(self, processes: OrderProcesses, views: OrderViews) -> None:
        self._processes = processes
        self._views = views

    async def __call__(self, order_id: OrderId, who: Principal) -> OrderView:
        """Returns the cancelled order; raises `OrderNotFound`, and `TooLateToCancel` also where the order
        came to another end meanwhile.
        """
        staff = who.roles & {Role.STAFF, Role.ADMIN}
        owner = None if staff else who.user_id
        order = await self._views.one(order_id, owner)
        if order.status == OrderStatus.CANCELLED:
            return order
        if OrderStatus(order.status) in TERMINAL:
            raise TooLateToCancel(f"This order is {order.status}; what was delivered can be returned.")
        too_late = TooLateToCancel("This order came to another end before it could be cancelled.")
        try:
            await self._processes.cancel(order_id)
        except TooLateToCancel as said:
            too_late = said
        order = await self._views.one(order_id, owner)
        if order.status != OrderStatus.CANCELLED:  # where a twin of this request was quicker, it is
            raise too_late
        return order
