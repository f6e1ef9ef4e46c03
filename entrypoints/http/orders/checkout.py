"""POST /v1/checkout."""

import hashlib
from typing import Annotated, Final
from uuid import UUID

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import HeaderParameter, JSONBody

from application.orders.answer_request import AnswerRequest
from application.orders.follow_checkout import FollowCheckout
from application.orders.place_order import OrderRequest, Placed, PlaceOrder
from application.orders.views import OrderOutcome
from domain.payments.token import payment_token
from domain.requests.idempotency import Answer, RequestKey
from domain.shared.ids import OrderId, QuoteId
from domain.users.principal import Principal
from entrypoints.http.orders.schemas import CheckoutAnswer, CheckoutBody
from entrypoints.http.problems import PROBLEM_JSON, problem

ROUTE: Final = "POST /v1/checkout"
JSON: Final = "application/json"
FIRST_ERROR: Final = 400  # HTTP: from here on a status is an error
IdempotencyKey = Annotated[
    str,
    HeaderParameter(
        name="Idempotency-Key",
        min_length=1,
        max_length=255,
        description="The same key and body again: the same answer, and no second effect.",
    ),
]


@post("/checkout", tags=["orders"], status_code=201, description=PlaceOrder.__doc__)
async def checkout(
    *,
    data: JSONBody[CheckoutBody],
    idempotency_key: IdempotencyKey,
    reader: NamedDependency[Principal],
    place_order: NamedDependency[PlaceOrder],
    follow_checkout: NamedDependency[FollowCheckout],
    answer_request: NamedDependency[AnswerRequest],
) -> Response[bytes]:
    """Buy what is in the cart."""
    wish = _wish(data, idempotency_key, reader)
    placed = await place_order(wish, _answer if follow_checkout.full else None)
    if placed.answer is not None:
        return _response(placed, placed.answer)
    outcome = await follow_checkout(placed.order_id)
    return _response(placed, await answer_request(wish.request, _answer(outcome)))


def _wish(data: JSONBody[CheckoutBody], key: str, reader: NamedDependency[Principal]) -> OrderRequest:
    return OrderRequest(
        request=RequestKey(reader.user_id, ROUTE, key),
        fingerprint=hashlib.sha256(msgspec.json.encode(data)).digest(),
        address=data.shipping_addr.checked(),
        payment_token=payment_token(data.payment_info.token),
        shipping_method=data.shipping_method,
        coupon=data.coupon,
        quote_id=QuoteId(data.quote_id) if data.quote_id else None,
    )


def _answer(outcome: OrderOutcome) -> Answer:
    if outcome.ended_because is not None:
        return _refusal(outcome, outcome.ended_because)
    body = msgspec.json.encode(CheckoutAnswer.of(outcome))
    return Answer(202 if outcome.status == "pending" else 201, body)


def _refusal(outcome: OrderOutcome, why: str) -> Answer:
    status, code = (402, "payment_declined") if outcome.status == "declined" else (409, "order_ended")
    told = problem(
        status, code, why, order_id=str(outcome.order_id), order_status=outcome.status, total=outcome.total
    )
    return Answer(status, msgspec.json.encode(told))


def _response(placed: Placed, answer: Answer) -> Response[bytes]:
    headers = {"Location": order_path(placed.order_id)}
    if placed.replayed:
        headers["Idempotent-Replayed"] = "true"
    media_type = PROBLEM_JSON if answer.status >= FIRST_ERROR else JSON
    return Response(answer.body, status_code=answer.status, media_type=media_type, headers=headers)


def order_path(order_id: OrderId | UUID) -> str:
    """Where an order is found."""
    return f"/v1/orders/{order_id}"
