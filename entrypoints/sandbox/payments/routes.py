"""HTTP in, rules, HTTP out (docs/sandbox.md describes each call)."""

import sqlite3
from collections.abc import Callable

import msgspec
from aiohttp import web

from entrypoints.sandbox.payments import bank, idempotency, ledger, standing, tokens
from entrypoints.sandbox.payments.authorising import authorise
from entrypoints.sandbox.payments.bank import Answer
from entrypoints.sandbox.payments.idempotency import fingerprint_of, key_of
from entrypoints.sandbox.payments.state import JOURNAL, KEYS, describe
from entrypoints.sandbox.payments.tokens import Kind
from entrypoints.sandbox.shared.faults import Handler, misbehaving
from entrypoints.sandbox.shared.serving import Refusal, body_of


class Amount(msgspec.Struct, forbid_unknown_fields=True):
    """The body of captures and refunds."""

    amount: int
    currency: str


class TokenWanted(msgspec.Struct, forbid_unknown_fields=True):
    """POST /v1/tokens."""

    kind: Kind


async def find(request: web.Request) -> web.StreamResponse:
    """Say how the authorisation under a key stands now. It never has an effect."""
    key, origin = request.match_info["key"], str(request.url.origin())
    payment = await request.app[JOURNAL].transact(lambda connection: standing.by_key(connection, key))
    return web.json_response(describe(payment, origin))


async def capture(request: web.Request) -> web.StreamResponse:
    """Take reserved money."""
    wanted, reference = await _amount(request), request.match_info["reference"]
    return await _once(
        request, lambda c, key: bank.capture(c, key, reference, wanted.amount, wanted.currency)
    )


async def void(request: web.Request) -> web.StreamResponse:
    """Release reserved money."""
    reference = request.match_info["reference"]
    return await _once(request, lambda c, key: bank.void(c, key, reference))


async def refund(request: web.Request) -> web.StreamResponse:
    """Give money back."""
    wanted, reference = await _amount(request), request.match_info["reference"]
    return await _once(request, lambda c, key: bank.refund(c, key, reference, wanted.amount, wanted.currency))


async def abandon(request: web.Request) -> web.StreamResponse:
    """Undo whatever happened under a key and whatever still may."""
    key = request.match_info["key"]

    def work(connection: sqlite3.Connection) -> None:
        bank.abandon(connection, key)
        idempotency.forget(connection, key)

    await request.app[JOURNAL].transact(work)
    return web.json_response({"key": key, "status": "abandoned"})


async def create_token(request: web.Request) -> web.Response:
    """Make a token of the wanted kind."""
    wanted = await body_of(request, TokenWanted)
    token = await request.app[JOURNAL].transact(lambda c: tokens.register(c, wanted.kind))
    return web.json_response({"token": token, "kind": wanted.kind}, status=201)


async def read_ledger(request: web.Request) -> web.Response:
    """Every line, or those of `?order=`."""
    order_id = request.query.get("order")
    items = await request.app[JOURNAL].transact(lambda c: ledger.lines(c, order_id))
    return web.json_response({"items": items})


async def read_summary(request: web.Request) -> web.Response:
    """What every order has cost its reader so far."""
    items = await request.app[JOURNAL].transact(ledger.totals)
    return web.json_response({"items": items})


def add_to(router: web.UrlDispatcher) -> None:
    """Every route of the provider but its pages; faults may befall those that `misbehaving` wraps."""
    calls: list[tuple[str, str, str, Handler]] = [
        ("POST", "/v1/authorisations", "authorise", authorise),
        ("GET", "/v1/authorisations/by-key/{key}", "find", find),
        ("POST", "/v1/authorisations/by-key/{key}/abandon", "abandon", abandon),
        ("POST", "/v1/payments/{reference}/captures", "capture", capture),
        ("POST", "/v1/payments/{reference}/void", "void", void),
        ("POST", "/v1/payments/{reference}/refunds", "refund", refund),
    ]
    for method, path, operation, handler in calls:
        router.add_route(method, path, misbehaving(operation, handler))
    router.add_post("/v1/tokens", create_token)
    router.add_get("/ledger", read_ledger)
    router.add_get("/ledger/summary", read_summary)


async def _once(
    request: web.Request, work: Callable[[sqlite3.Connection, str], Answer]
) -> web.StreamResponse:
    key = key_of(request)
    return await request.app[KEYS].once(key, await fingerprint_of(request), lambda c: work(c, key))


async def _amount(request: web.Request) -> Amount:
    wanted = await body_of(request, Amount)
    _positive(wanted.amount)
    return wanted


def _positive(amount: int) -> None:
    if amount <= 0:
        raise Refusal(422, "invalid_request", "`amount` is a positive number of minor units.")
