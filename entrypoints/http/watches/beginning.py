"""POST /v1/watches."""

import hashlib
from typing import Final
from uuid import UUID

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody

from application.watches.begin_watch import BeginWatch, WatchWish
from application.watches.views import WatchView
from domain.payments.token import payment_token
from domain.requests.idempotency import Answer, RequestKey
from domain.shared.errors import InvalidInput
from domain.shared.ids import WatchId
from domain.shared.isbn import Isbn
from domain.users.principal import Principal
from domain.watches.ports import Particulars
from entrypoints.http.orders.checkout import JSON, IdempotencyKey
from entrypoints.http.watches.answers import WatchAnswer
from entrypoints.http.watches.schemas import WatchBody

ROUTE: Final = "POST /v1/watches"


@post(
    "/watches",
    tags=["watches"],
    status_code=201,
    responses={201: ResponseSpec(WatchAnswer, description="It waits.", generate_examples=False)},
    description=BeginWatch.__doc__,
)
async def begin_to_watch(
    *,
    data: JSONBody[WatchBody],
    idempotency_key: IdempotencyKey,
    reader: NamedDependency[Principal],
    begin_watch: NamedDependency[BeginWatch],
) -> Response[bytes]:
    """Wait for a price."""
    begun = await begin_watch(wish_of(data, idempotency_key, reader), answer_of)
    headers = {"Location": watch_path(begun.watch_id)}
    if begun.replayed:
        headers["Idempotent-Replayed"] = "true"
    return Response(begun.answer.body, status_code=begun.answer.status, media_type=JSON, headers=headers)


def wish_of(data: WatchBody, key: str, reader: Principal) -> WatchWish:
    """From the wire."""
    return WatchWish(
        request=RequestKey(reader.user_id, ROUTE, key),
        fingerprint=hashlib.sha256(msgspec.json.encode(data)).digest(),
        isbn=_isbn(data.book_isbn),
        terms=data.terms,
        particulars=_particulars(data),
    )


def _particulars(data: WatchBody) -> Particulars:
    webhook = data.webhook.webhook() if data.webhook else None
    if data.buy is None:
        return Particulars(webhook=webhook)
    return Particulars(
        data.buy.user_info.shipping_addr.checked(), payment_token(data.buy.payment_info.token), webhook
    )


def _isbn(text: str) -> Isbn:
    try:
        return Isbn.parse(text)
    except InvalidInput as wrong:
        raise InvalidInput("book_isbn", wrong.message) from wrong


def answer_of(view: WatchView) -> Answer:
    """What is said, and kept for whoever asks again."""
    return Answer(201, msgspec.json.encode(WatchAnswer.of(view)))


def watch_path(watch_id: WatchId | UUID) -> str:
    """Where a watch is found."""
    return f"/v1/watches/{watch_id}"
