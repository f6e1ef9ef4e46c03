"""Stripe over HTTP as far as the shop uses it, with what localstripe leaves out: idempotency keys, search
that lags behind, 3-D Secure by redirect, refund limits, and answers that get lost.
"""

import asyncio
import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web

from tests.contract.payments.stripe_state import Document, Form, StripeRefusal, StripeState
from tests.fakes.payments import Silence


@dataclass
class StripeStandIn:
    """One account behind HTTP. `unsearchable` payments are too young for the search index."""

    state: StripeState = field(default_factory=StripeState)
    answers: dict[str, tuple[str, int, str]] = field(default_factory=dict)
    running: set[str] = field(default_factory=set)
    silences: list[tuple[str, Silence]] = field(default_factory=list)
    search_lags: bool = False
    page: int = 100  # the most a list shows at once

    def application(self) -> web.Application:
        app = web.Application()
        state = self.state
        posts: dict[str, tuple[str, Callable[[web.Request, Form], Document]]] = {
            "/v1/payment_intents": ("authorise", lambda _, form: state.create_intent(form)),
            "/v1/payment_intents/{id}": ("update", lambda r, form: state.update(self._intent(r), form)),
            "/v1/payment_intents/{id}/capture": ("capture", lambda r, f: state.capture(self._intent(r), f)),
            "/v1/payment_intents/{id}/cancel": ("abandon", lambda r, f: state.cancel(self._intent(r), f)),
            "/v1/refunds": ("refund", lambda _, form: state.refund(form)),
        }
        for path, (operation, work) in posts.items():
            app.router.add_post(path, self._posting(operation, work))
        app.router.add_get("/v1/payment_intents", self._list)
        app.router.add_get("/v1/payment_intents/search", self._search)
        app.router.add_get("/v1/payment_intents/{id}", self._retrieve)
        app.router.add_get("/v1/refunds", self._refunds)
        return app

    def _posting(
        self, operation: str, work: Callable[[web.Request, Form], Document]
    ) -> Callable[[web.Request], "asyncio.Future[web.Response]"]:
        async def handle(request: web.Request) -> web.Response:
            form = {name: str(value) for name, value in (await request.post()).items()}
            silence = self._silence(operation)
            if silence is Silence.BEFORE:
                raise _cut(request)
            answer = await self._once(request, form, work)
            if silence is Silence.AFTER:
                raise _cut(request)
            return answer

        return handle  # type: ignore[return-value]

    async def _once(
        self, request: web.Request, form: Form, work: Callable[[web.Request, Form], Document]
    ) -> web.Response:
        key, parameters = request.headers["Idempotency-Key"], request.path + json.dumps(form, sort_keys=True)
        if key in self.running:
            return _error(StripeRefusal(409, "idempotency_key_in_use"))
        if key not in self.answers:
            self.running.add(key)
            await asyncio.sleep(0)  # so that two at once meet
            self.answers[key] = (parameters, *self._work(request, form, work))
            self.running.discard(key)
            return _json(*self.answers[key][1:])
        known, status, body = self.answers[key]
        if known != parameters:
            return _error(StripeRefusal(400, "idempotency_error", "idempotency_error"))
        return _json(status, body, {"Idempotent-Replayed": "true"})

    def _work(
        self, request: web.Request, form: Form, work: Callable[[web.Request, Form], Document]
    ) -> tuple[int, str]:
        try:
            return 200, json.dumps(work(request, form))
        except StripeRefusal as refusal:
            return refusal.status, json.dumps(refusal.document)

    async def _retrieve(self, request: web.Request) -> web.Response:
        try:
            return _json(200, json.dumps(self._intent(request)))
        except StripeRefusal as refusal:
            return _error(refusal)

    async def _list(self, request: web.Request) -> web.Response:
        newest = list(reversed(self.state.intents.values()))
        after = request.query.get("starting_after")
        if after is not None:
            newest = newest[1 + [intent["id"] for intent in newest].index(after) :]
        shown = newest[: min(self.page, int(request.query["limit"]))]
        return _listing("list", request.path, shown, more=len(shown) < len(newest))

    async def _search(self, request: web.Request) -> web.Response:
        wanted = request.query["query"].removeprefix("metadata['octavo_key']:'").removesuffix("'").lower()
        found = [
            {**copy.deepcopy(intent), "status": "processing"}  # what the index knew a minute ago
            for intent in self.state.intents.values()
            if intent["metadata"].get("octavo_key", "").lower() == wanted and not self.search_lags
        ]
        return _listing("search_result", request.path, found, more=False)

    async def _refunds(self, request: web.Request) -> web.Response:
        wanted = request.query["payment_intent"]
        found = [refund for refund in self.state.refunds if refund["payment_intent"] == wanted]
        return _listing("list", request.path, found, more=False)

    def _intent(self, request: web.Request) -> Document:
        try:
            return self.state.intents[request.match_info["id"]]
        except KeyError:
            raise StripeRefusal(404, "resource_missing", param="intent") from None

    def _silence(self, operation: str) -> Silence | None:
        for waiting in self.silences:
            if waiting[0] == operation:
                self.silences.remove(waiting)
                return waiting[1]
        return None


def _json(status: int, body: str, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(status=status, text=body, content_type="application/json", headers=headers)


def _listing(kind: str, url: str, found: list[Document], *, more: bool) -> web.Response:
    return _json(200, json.dumps({"object": kind, "url": url, "has_more": more, "data": found}))


def _error(refusal: StripeRefusal) -> web.Response:
    return _json(refusal.status, json.dumps(refusal.document))


def _cut(request: web.Request) -> asyncio.CancelledError:
    assert request.transport is not None
    request.transport.abort()
    return asyncio.CancelledError()
