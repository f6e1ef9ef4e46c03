"""The bank's page on which a reader confirms or denies a payment (3-D Secure). It works offline."""

import html
import sqlite3
from typing import Final

from aiohttp import web

from entrypoints.sandbox.payments import bank, standing
from entrypoints.sandbox.payments.state import JOURNAL, tell
from entrypoints.sandbox.shared.serving import Refusal
from entrypoints.sandbox.shared.webhooks import COURIER

HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    "Cache-Control": "no-store",
}
PAGE: Final = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Sandbox bank</title>
<style>
 body {{ font: 1.1rem/1.5 system-ui, sans-serif; max-width: 26rem; margin: 12vh auto; padding: 0 1rem }}
 h1 {{ font-size: 1.3rem }} button {{ font: inherit; padding: .5rem 1.2rem; margin-right: .5rem }}
 small {{ color: #555 }}
</style>
<h1>Sandbox bank</h1>
<p>{text}</p>
{form}
<p><small>A stand-in for your bank's confirmation page. No real money moves.</small></p>
</html>"""
FORM: Final = """<form method="post">
<button name="decision" value="confirm">Confirm</button>
<button name="decision" value="deny">Deny</button>
</form>"""
EXPONENTS: Final = {"JPY": 0, "KWD": 3}  # ISO 4217; the others the shop sells in have two decimals
OUTCOMES: Final = {
    "authorised": "Confirmed. You may close this page and return to the shop.",
    "captured": "Confirmed. You may close this page and return to the shop.",
    "declined": "Not confirmed. Nothing was charged; you may close this page.",
    "voided": "The shop has called this payment off. Nothing was charged.",
}


async def show(request: web.Request) -> web.Response:
    """GET /3ds/{reference}: ask, or say how it was decided."""
    reference = request.match_info["reference"]
    return _page(await request.app[JOURNAL].transact(lambda c: standing.by_reference(c, reference)))


async def decide(request: web.Request) -> web.Response:
    """POST /3ds/{reference}: `decision` is `confirm` or `deny`; the shop hears of it by a signed event."""
    reference, decision = request.match_info["reference"], (await request.post()).get("decision")
    if decision not in {"confirm", "deny"}:
        raise Refusal(422, "invalid_request", "`decision` is `confirm` or `deny`.")

    def work(connection: sqlite3.Connection) -> sqlite3.Row:
        payment, counted = bank.decide(connection, reference, confirmed=decision == "confirm")
        if counted:
            tell(request, connection, payment)
        return payment

    payment = await request.app[JOURNAL].transact(work)
    request.app[COURIER].wake()
    return _page(payment)


def _written_out(amount: int, currency: str) -> str:
    exponent = EXPONENTS.get(currency, 2)
    return f"{amount / 10**exponent:.{exponent}f} {currency}"


def _page(payment: sqlite3.Row) -> web.Response:
    asking = payment["status"] == "action_required"
    amount = html.escape(_written_out(payment["amount"], payment["currency"]))
    text = f"Pay {amount} to the bookshop?" if asking else OUTCOMES[payment["status"]]
    page = PAGE.format(text=text, form=FORM if asking else "")
    return web.Response(text=page, content_type="text/html", headers=HEADERS)
