"""POST /v1/purchases."""

import hashlib
from typing import Final
from uuid import UUID

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody

from application.orders.answer_request import AnswerRequest
from application.purchases.follow_purchase import FollowPurchase
from application.purchases.receive_purchase import PurchaseWish, Received, ReceivePurchase
from application.purchases.views import PurchaseOutcome
from domain.payments.token import payment_token
from domain.purchases.ports import Particulars
from domain.requests.idempotency import Answer, RequestKey
from domain.shared.errors import InvalidInput
from domain.shared.ids import PurchaseId
from domain.shared.isbn import Isbn
from domain.users.principal import Principal
from entrypoints.http.orders.checkout import JSON, IdempotencyKey
from entrypoints.http.purchases.answers import PurchaseAnswer
from entrypoints.http.purchases.schemas import PurchaseBody

ROUTE: Final = "POST /v1/purchases"


@post(
    "/purchases",
    tags=["purchases"],
    status_code=200,
    responses={
        200: ResponseSpec(PurchaseAnswer, description="It has ended.", generate_examples=False),
        202: ResponseSpec(PurchaseAnswer, description="It goes on; look there.", generate_examples=False),
    },
    description=ReceivePurchase.__doc__,
)
async def buy(
    *,
    data: JSONBody[PurchaseBody],
    idempotency_key: IdempotencyKey,
    reader: NamedDependency[Principal],
    receive_purchase: NamedDependency[ReceivePurchase],
    follow_purchase: NamedDependency[FollowPurchase],
    answer_request: NamedDependency[AnswerRequest],
) -> Response[bytes]:
    """Buy a book wherever it is cheapest."""
    wish = _wish(data, idempotency_key, reader)
    received = await receive_purchase(wish, _answer if follow_purchase.full else None)
    if received.answer is not None:
        return _response(received, received.answer)
    outcome = await follow_purchase(received.purchase_id)
    return _response(received, await answer_request(wish.request, _answer(outcome)))


def _wish(data: PurchaseBody, key: str, reader: Principal) -> PurchaseWish:
    return PurchaseWish(
        request=RequestKey(reader.user_id, ROUTE, key),
        fingerprint=hashlib.sha256(msgspec.json.encode(data)).digest(),
        isbn=_isbn(data.book_isbn),
        max_price=data.max_price.money(),
        conditions=frozenset(condition.value for condition in data.conditions),
        particulars=Particulars(
            data.user_info.shipping_addr.checked(), payment_token(data.payment_info.token)
        ),
    )


def _isbn(text: str) -> Isbn:
    try:
        return Isbn.parse(text)
    except InvalidInput as wrong:
        raise InvalidInput("book_isbn", wrong.message) from wrong


def _answer(outcome: PurchaseOutcome) -> Answer:
    decided = outcome.bought or outcome.ended
    return Answer(200 if decided else 202, msgspec.json.encode(PurchaseAnswer.of(outcome)))


def _response(received: Received, answer: Answer) -> Response[bytes]:
    headers = {"Location": purchase_path(received.purchase_id)}
    if received.replayed:
        headers["Idempotent-Replayed"] = "true"
    return Response(answer.body, status_code=answer.status, media_type=JSON, headers=headers)


def purchase_path(purchase_id: PurchaseId | UUID) -> str:
    """Where a purchase is found."""
    return f"/v1/purchases/{purchase_id}"
