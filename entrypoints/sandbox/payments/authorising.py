"""POST /v1/authorisations: reserve money under a key, as the kind of the token has it."""

import asyncio
import sqlite3
from typing import Final

from aiohttp import web

from entrypoints.sandbox.payments import bank, standing, tokens
from entrypoints.sandbox.payments.bank import Answer, Authorisation
from entrypoints.sandbox.payments.idempotency import REPLAYED, fingerprint_of, key_of
from entrypoints.sandbox.payments.state import HANG_SECONDS, JOURNAL, KEYS, SLOW_SECONDS, describe, tell
from entrypoints.sandbox.payments.tokens import Kind
from entrypoints.sandbox.shared.faults import cut
from entrypoints.sandbox.shared.serving import Refusal, body_of
from entrypoints.sandbox.shared.webhooks import COURIER

# The outcome as HTTP: created, accepted for now, payment required.
STATUS: Final = {"authorised": 201, "action_required": 202, "declined": 402}


async def authorise(request: web.Request) -> web.StreamResponse:
    """Answer once for each key, unless the token stands for a card whose answers get lost."""
    key, wanted = key_of(request), _checked(await body_of(request, Authorisation))
    kind = await request.app[JOURNAL].transact(lambda connection: _kind(connection, key, wanted))
    if kind is Kind.TIMEOUT:
        await asyncio.sleep(request.app[HANG_SECONDS])
        raise cut(request)

    def work(connection: sqlite3.Connection) -> Answer:
        payment = bank.authorise(connection, key, wanted)
        if kind is Kind.LOST_ANSWER:
            tell(request, connection, payment)
        return Answer(STATUS[payment["status"]], describe(payment, str(request.url.origin())))

    pause = request.app[SLOW_SECONDS] if kind is Kind.SLOW else 0.0
    answer = await request.app[KEYS].once(key, await fingerprint_of(request), work, after=pause)
    if kind is Kind.LOST_ANSWER and REPLAYED not in answer.headers:
        request.app[COURIER].wake()
        raise cut(request)
    return answer


def _checked(wanted: Authorisation) -> Authorisation:
    if wanted.amount <= 0:
        raise Refusal(422, "invalid_request", "`amount` is a positive number of minor units.")
    if not tokens.SHAPE.fullmatch(wanted.token):
        # Whatever this is, a card number say, it is neither looked up nor stored.
        raise Refusal(422, "invalid_token", "A token looks like tok_ok.")
    return wanted


def _kind(connection: sqlite3.Connection, key: str, wanted: Authorisation) -> Kind | None:
    standing.refuse_abandoned(connection, key)
    return tokens.kind_of(connection, wanted.token)
