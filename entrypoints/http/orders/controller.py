"""/v1/orders."""

from collections.abc import AsyncIterator
from typing import Annotated, Final
from uuid import UUID

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, HeaderParameter, JSONBody, QueryParameter
from litestar.response import ServerSentEvent, ServerSentEventMessage

from application.orders.cancel_order import CancelOrder
from application.orders.follow_order import FollowOrder
from application.orders.follow_refund import FollowRefund
from application.orders.request_refund import RequestRefund, Share
from application.orders.see_orders import ListOrders, SeeOrder
from application.orders.views import OrderView, RefundView, TimelineView
from domain.orders.refund import RefundStatus
from domain.shared.errors import InvalidInput
from domain.shared.ids import BookId, OrderId
from domain.users.principal import Principal
from entrypoints.http.orders.checkout import IdempotencyKey
from entrypoints.http.orders.schemas import OrderPage, RefundBody

MOST: Final = 100
Limit = Annotated[int, QueryParameter(ge=1, le=MOST)]
LastEventId = Annotated[str | None, HeaderParameter(name="Last-Event-ID")]


class Orders(Controller):
    """A reader's orders; staff sees everybody's."""

    path = "/orders"
    tags = ("orders",)

    @get(description=ListOrders.__doc__)
    async def list_orders(
        self,
        reader: NamedDependency[Principal],
        list_orders: NamedDependency[ListOrders],
        limit: Limit = 20,
        cursor: FromQuery[UUID | None] = None,
    ) -> OrderPage:
        """My orders, newest first."""
        items, following = await list_orders(reader, before=OrderId(cursor) if cursor else None, limit=limit)
        return OrderPage(items, str(following) if following else None)

    @get("/{order_id:uuid}", description=SeeOrder.__doc__)
    async def see(
        self,
        order_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        see_order: NamedDependency[SeeOrder],
    ) -> OrderView:
        """One order with its story."""
        return await see_order(OrderId(order_id), reader)

    @get("/{order_id:uuid}/events", media_type="text/event-stream", description=FollowOrder.__doc__)
    async def events(
        self,
        order_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        see_order: NamedDependency[SeeOrder],
        follow_order: NamedDependency[FollowOrder],
        last_event_id: LastEventId = None,
    ) -> ServerSentEvent:
        """The story as it happens (server-sent events; resume with Last-Event-ID)."""
        await see_order(OrderId(order_id), reader)
        seen = _event_number(last_event_id)
        return ServerSentEvent(_messages(follow_order(OrderId(order_id), seen)))

    @post("/{order_id:uuid}/cancel", status_code=200, description=CancelOrder.__doc__)
    async def cancel(
        self,
        order_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        cancel_order: NamedDependency[CancelOrder],
    ) -> OrderView:
        """Call it off."""
        return await cancel_order(OrderId(order_id), reader)

    @post("/{order_id:uuid}/refunds", status_code=201, description=RequestRefund.__doc__)
    async def refund(
        self,
        *,
        order_id: FromPath[UUID],
        data: JSONBody[RefundBody],
        idempotency_key: IdempotencyKey,
        staff: NamedDependency[Principal],  # noqa: ARG002 - naming it closes the route to everybody else
        request_refund: NamedDependency[RequestRefund],
        follow_refund: NamedDependency[FollowRefund],
    ) -> Response[RefundView]:
        """Give money back (staff)."""
        refund_id = await request_refund(OrderId(order_id), idempotency_key, _shares(data), data.reason)
        refund = await follow_refund(OrderId(order_id), refund_id)
        waiting = refund.status == RefundStatus.REQUESTED
        return Response(refund, status_code=202 if waiting else 201)


def _shares(data: RefundBody) -> list[Share]:
    shares = [Share(BookId(line.book_id), line.amount) for line in data.lines]
    return shares if data.shipping is None else [*shares, Share(None, data.shipping.amount)]


def _event_number(text: str | None) -> int:
    if text is None:
        return 0
    if not text.isdecimal():
        raise InvalidInput("Last-Event-ID", "Send the id of the last event you received, or leave it out.")
    return int(text)


async def _messages(story: AsyncIterator[TimelineView | None]) -> AsyncIterator[ServerSentEventMessage]:
    async for sentence in story:
        if sentence is None:
            yield ServerSentEventMessage(comment="still here", data=None)  # else clients get an empty message
        else:
            data = msgspec.json.encode(sentence).decode()
            yield ServerSentEventMessage(data=data, event=sentence.kind, id=str(sentence.id))
    yield ServerSentEventMessage(data="{}", event="end")
