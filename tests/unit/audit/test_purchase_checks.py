"""The audit of purchases is silent about a sound one and speaks up about the one thing that is wrong."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from application.audit import provider, purchases
from application.audit.check import Check
from application.audit.facts import ProviderFacts, ProviderLine
from application.audit.purchases import PurchaseInBooks
from application.purchases.views import Receipt
from domain.purchases.ledger import Movement
from domain.purchases.purchase import Purchase
from tests.builders import NOON
from tests.buying import ordered, purchase


def receipt(made: Purchase) -> Receipt:
    return Receipt(purchase=made, timeline=[], ledger=made.drain_lines())


def done() -> Purchase:
    made = ordered()
    made.capture(NOON)
    made.finish(NOON)
    return made


BOUGHT = receipt(done())
PAID_PURCHASE = [
    ProviderLine(kind=kind, order_id=str(BOUGHT.purchase.id), amount=amount, currency="USD")
    for kind, amount in (("authorise", 1_500), ("capture", 1_000), ("void", 500))
]
[FACTS] = provider.by_order(PAID_PURCHASE).values()
SOUND = PurchaseInBooks(BOUGHT, FACTS, NOON)
CHECKS = (*purchases.OF_PURCHASES, *purchases.OF_PAID_PURCHASES)


def parked() -> Receipt:
    made = ordered()
    made.park("nobody can say", NOON)
    return receipt(made)


WRONG: list[tuple[str, PurchaseInBooks]] = [
    (
        "no-purchase-is-stuck",
        replace(SOUND, receipt=receipt(purchase()), provider=None, read_at=NOON + timedelta(hours=1)),
    ),
    ("no-purchase-is-parked", replace(SOUND, receipt=parked(), provider=None)),
    (
        "purchases-net-to-zero",
        replace(
            SOUND,
            receipt=replace(
                BOUGHT, ledger=[line for line in BOUGHT.ledger if line.movement is not Movement.VOIDED]
            ),
        ),
    ),
    ("provider-agrees-on-purchases", replace(SOUND, provider=ProviderFacts())),
    ("provider-agrees-on-purchases", replace(SOUND, provider=replace(FACTS, authorised=1_501))),
    ("provider-agrees-on-purchases", replace(SOUND, provider=replace(FACTS, captures=2))),
    ("provider-agrees-on-purchases", replace(SOUND, provider=replace(FACTS, voided=0))),
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_a_sound_purchase_is_passed_over_in_silence(check: Check[Any]) -> None:
    assert list(check.look(SOUND)) == []
    assert list(check.look(PurchaseInBooks(receipt(purchase()), None, NOON))) == []


@pytest.mark.parametrize(("name", "seen"), WRONG)
def test_what_is_wrong_is_named_by_its_own_check_alone(name: str, seen: PurchaseInBooks) -> None:
    assert [check.name for check in CHECKS if list(check.look(seen))] == [name]
