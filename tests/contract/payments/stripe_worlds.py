"""Stripe as the suite sees it: localstripe, somebody else's reading of the API, and our own stand-in."""

import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import stripe

from adapters.payments.stripe_client import StripeConnection
from adapters.payments.stripe_gateway import StripeGateway
from adapters.system.clock import SystemClock
from domain.payments.gateway import PaymentReference, PaymentToken
from domain.shared.ids import OrderId
from entrypoints.stack.places import answers, free_port
from entrypoints.stack.program import Program, launch, wait_until
from tests.contract.payments.stripe_stand_in import StripeStandIn
from tests.contract.payments.worlds import Lines
from tests.fakes.payments import Silence
from tests.sandbox.running import running

RETURN_URL = "https://shop.test/back"
PATIENCE = 30.0  # seconds localstripe may take to start on a busy machine
# As its own command starts it, but on IPv4 alone and without its copy of everything in /tmp.
LOCALSTRIPE = """
import sys
from aiohttp import web
from localstripe import resources, server
resources.Store.dump_to_disk = lambda self: None
web.run_app(server.app, host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None)
"""


class StandInWorld:
    """Our stand-in, which can do all that the port speaks of."""

    def __init__(self, stand_in: StripeStandIn, client: stripe.StripeClient) -> None:
        self.stand_in = stand_in
        self.gateway = StripeGateway(client, RETURN_URL, SystemClock())
        self.lacks: Mapping[str, str] = {}

    def token(self, kind: str) -> PaymentToken:
        cards = {
            "ok": "pm_card_visa",
            "declined": "pm_card_visa_chargeDeclined",
            "insufficient_funds": "pm_card_visa_chargeDeclinedInsufficientFunds",
            "3ds_required": "pm_card_threeDSecure2Required",
        }
        return PaymentToken(cards.get(kind, f"pm_{kind}"))

    async def ledger(self, order_id: OrderId) -> Lines:
        return [(kind, amount) for order, kind, amount in self.stand_in.state.lines if order == str(order_id)]

    async def decide(self, reference: PaymentReference, *, confirmed: bool) -> None:
        self.stand_in.state.decide(reference, confirmed=confirmed)

    async def fall_silent(self, operation: str, when: Silence) -> None:
        self.stand_in.silences.append((operation, when))


@asynccontextmanager
async def stand_in_world(stand_in: StripeStandIn | None = None) -> AsyncIterator[StandInWorld]:
    """A fresh account."""
    stand_in = stand_in or StripeStandIn()
    async with running(stand_in.application()) as url:
        connection = StripeConnection("sk_test_12345", url, answer_seconds=5.0)
        yield StandInWorld(stand_in, connection.client)
        await connection.close()


class OldWords(stripe.AIOHTTPClient):
    """Leaves out the parameters localstripe was never taught; it refuses what it does not know."""

    async def request_async(
        self, method: str, url: str, headers: Mapping[str, str], post_data: object = None
    ) -> tuple[bytes, int, Mapping[str, str]]:
        if isinstance(post_data, str):
            post_data = "&".join(pair for pair in post_data.split("&") if self._taught(pair, url))
        return await super().request_async(method, url, headers, post_data)

    @staticmethod
    def _taught(pair: str, url: str) -> bool:
        if pair.startswith(("return_url", "allowed_payment_method_types")):
            return False
        return not (pair.startswith("metadata") and url.endswith("/capture"))


class LocalstripeWorld:
    """https://github.com/adrienverge/localstripe, as a process of its own."""

    def __init__(self, client: stripe.StripeClient) -> None:
        self.client = client
        self.gateway = StripeGateway(client, RETURN_URL, SystemClock())
        self.lacks: Mapping[str, str] = {
            "idempotency keys": "localstripe ignores Idempotency-Key: a repeated request is a second payment",
            "decline reasons": "localstripe has one way to decline: card_declined, without a decline_code",
            "bank page": "localstripe asks for 3-D Secure by its own script, never by a page to go to",
            "refund limits": "localstripe refunds any amount, of which it knows no rest",
            "capture guards": "localstripe captures what was cancelled",
            "faults": "localstripe always answers",
        }

    def token(self, kind: str) -> PaymentToken:
        cards = {"ok": "pm_card_visa", "declined": "pm_card_chargeCustomerFail"}
        return PaymentToken(cards.get(kind, f"pm_{kind}"))

    async def ledger(self, order_id: OrderId) -> Lines:
        """Read back from its objects, since it keeps no ledger."""
        found = await self.client.v1.payment_intents.list_async({"limit": 1_000})
        for intent in found.data:
            if "order_id" in intent.metadata and intent.metadata["order_id"] == str(order_id):
                return await self._lines(intent)
        return []

    async def _lines(self, intent: stripe.PaymentIntent) -> Lines:
        charge = intent.latest_charge
        if not isinstance(charge, stripe.Charge) or charge.status != "succeeded":
            return []
        lines = [("authorise", intent.amount)]
        if intent.status == "canceled":
            return [*lines, ("void", intent.amount)]
        made = (await self.client.v1.refunds.list_async({"payment_intent": intent.id})).data
        # It books what a smaller capture leaves as a refund without metadata.
        left = [refund.amount for refund in made if "octavo_key" not in (refund.metadata or {})]
        if intent.status == "succeeded":
            lines += [("capture", intent.amount - sum(left)), *(("void", amount) for amount in left)]
        return lines + [
            ("refund", refund.amount) for refund in made if "octavo_key" in (refund.metadata or {})
        ]

    async def decide(self, reference: PaymentReference, *, confirmed: bool) -> None:
        raise AssertionError(self.lacks["bank page"])

    async def fall_silent(self, operation: str, when: Silence) -> None:
        raise AssertionError(self.lacks["faults"])


@contextmanager
def localstripe(log: Path) -> Iterator[str]:
    """The process; gives its address."""
    port = free_port()
    process = launch(Program(name="localstripe", argv=(sys.executable, "-c", LOCALSTRIPE, str(port))), log)
    try:
        wait_until(lambda: answers(port), process, PATIENCE)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.stop()


@asynccontextmanager
async def localstripe_world(url: str) -> AsyncIterator[LocalstripeWorld]:
    """A gateway of the test's own on the shared process."""
    connection = StripeConnection("sk_test_12345", url, http_client=OldWords)
    yield LocalstripeWorld(connection.client)
    await connection.close()
