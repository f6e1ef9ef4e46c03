"""The judge: what readers were told, what the shop wrote down, and what the provider's ledger says of it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import psycopg
from psycopg.rows import dict_row

from tests.torture.record import Record

LedgerLine = Mapping[str, Any]
_ORDERS = """
SELECT o.id::text AS id, o.user_id::text AS user_id, o.status, o.payment_status, o.total, o.needs_attention,
    (SELECT coalesce(jsonb_object_agg(book_id, quantity), '{}') FROM order_lines
     WHERE order_id = o.id AND NOT digital) AS copies,
    (SELECT coalesce(sum(quantity), 0) FROM holds
     WHERE order_id = o.id AND state IN ('held', 'committed')) AS held
FROM orders o
"""
_OPEN = {"pending", "confirmed"}


@dataclass
class Verdict:
    """Each list names the guilty; all are empty when all is well."""

    lost: list[str] = field(default_factory=list)  # told of, but not there, or not as told
    doubled: list[str] = field(default_factory=list)  # charged twice, or two orders for one request
    kept: list[str] = field(default_factory=list)  # money reserved or taken for an order without books
    unpaid: list[str] = field(default_factory=list)  # books that left, or are said to have, without money
    oversold: list[str] = field(default_factory=list)
    leaked: list[str] = field(default_factory=list)  # holds that nobody will ever use
    stuck: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not any(getattr(self, part.name) for part in fields(self))

    def counts(self) -> str:
        return ", ".join(f"{len(getattr(self, part.name))} {part.name}" for part in fields(self))


def judge(
    records: Sequence[Record],
    printed: Mapping[str, int],
    ledger: Sequence[LedgerLine],
    parcels: Sequence[LedgerLine],
    database_url: str,
) -> Verdict:
    """`printed`: how many copies of each book there ever were; `ledger` and `parcels`: the provider's and
    the carrier's own. Only orders of these readers count.
    """
    orders = _orders(database_url, {record.user_id for record in records})
    stock = _stock(database_url)
    verdict = Verdict()
    _what_readers_were_told(verdict, records, orders)
    _what_readers_paid(verdict, orders, ledger)
    _what_readers_got(verdict, orders, parcels)
    _what_left_the_shelf(verdict, orders, printed, stock)
    _what_never_ended(verdict, orders)
    return verdict


def _what_readers_were_told(
    verdict: Verdict, records: Sequence[Record], orders: Mapping[str, dict[str, Any]]
) -> None:
    of_reader = defaultdict(list)
    for order in orders.values():
        of_reader[order["user_id"]].append(order)
    for record in records:
        name, mine = record.purchase.key, of_reader[record.user_id]
        if len(mine) > 1:
            verdict.doubled.append(f"{name} made {len(mine)} orders")
        if record.refused and mine:
            verdict.lost.append(f"{name} was refused, but there is order {mine[0]['id']}")
        if record.acknowledged:
            order = orders.get(str(record.order_id))
            if order is None:
                verdict.lost.append(f"{name} was told of {record.order_id}, which does not exist")
            elif order["status"] not in record.may_end_as | _OPEN:
                verdict.lost.append(
                    f"{name} was told {record.answer} (cancel: {record.cancel_answer}), "
                    f"but {order['id']} is {order['status']}"
                )


def _what_readers_paid(
    verdict: Verdict, orders: Mapping[str, dict[str, Any]], ledger: Sequence[LedgerLine]
) -> None:
    money: defaultdict[str, Counter[str]] = defaultdict(Counter)
    times: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for line in ledger:
        money[line["order_id"]][line["kind"]] += line["amount"]
        times[line["order_id"]][line["kind"]] += 1
    for order_id, order in orders.items():
        paid, often = money[order_id], times[order_id]
        kept = paid["capture"] - paid["refund"]
        held = paid["authorise"] - paid["void"] - paid["capture"]
        if often["capture"] > 1 or often["authorise"] > 1 or kept + held > order["total"]:
            verdict.doubled.append(f"{order_id} of {order['total']}: {dict(paid)}, {dict(often)} times")
        if order["status"] in {"declined", "cancelled", "expired"} and (kept or held):
            verdict.kept.append(f"{order_id} is {order['status']} with {held} held and {kept} kept")
        if order["status"] == "completed" and kept != order["total"]:
            verdict.unpaid.append(f"{order_id} is completed with {kept} of {order['total']} taken")


def _what_readers_got(
    verdict: Verdict, orders: Mapping[str, dict[str, Any]], parcels: Sequence[LedgerLine]
) -> None:
    left = [move["order_id"] for move in parcels if move["status"] == "dispatched"]
    for order_id, times in Counter(left).items():
        order = orders.get(order_id)
        if order and order["status"] not in {"completed", "confirmed"}:
            verdict.unpaid.append(f"{order_id} is {order['status']}, but its parcel has left")
        if order and times > 1:
            verdict.doubled.append(f"{order_id}: {times} parcels left")
    for order_id, order in orders.items():
        if order["status"] == "completed" and order["copies"] and order_id not in left:
            verdict.lost.append(f"{order_id} is completed, but no parcel has left")


def _what_left_the_shelf(
    verdict: Verdict,
    orders: Mapping[str, dict[str, Any]],
    printed: Mapping[str, int],
    stock: Mapping[str, tuple[int, int]],
) -> None:
    promised: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    for order in orders.values():
        if order["status"] in {"confirmed", "completed"}:
            promised.update(order["copies"])
        if order["status"] == "completed":
            gone.update(order["copies"])
    for book, copies in printed.items():
        on_hand, held = stock[book]
        if promised[book] > copies or on_hand < 0 or held > on_hand:
            verdict.oversold.append(f"{book}: {promised[book]} promised of {copies}, {on_hand} left")
        elif on_hand != copies - gone[book]:
            verdict.lost.append(f"{book}: {copies} were there, {gone[book]} sold, {on_hand} left")
        if held:
            verdict.leaked.append(f"{book}: {held} copies held")


def _what_never_ended(verdict: Verdict, orders: Mapping[str, dict[str, Any]]) -> None:
    for order in orders.values():
        if order["status"] in _OPEN or order["needs_attention"]:
            verdict.stuck.append(f"{order['id']} is {order['status']}: {order['needs_attention']}")
        elif order["held"]:
            verdict.leaked.append(f"{order['id']} is {order['status']} and holds {order['held']} copies")


def _orders(database_url: str, readers: set[str]) -> dict[str, dict[str, Any]]:
    with psycopg.connect(database_url, row_factory=dict_row) as connection:
        rows = connection.execute(_ORDERS).fetchall()
    return {row["id"]: row for row in rows if row["user_id"] in readers}


def _stock(database_url: str) -> dict[str, tuple[int, int]]:
    with psycopg.connect(database_url) as connection:
        rows = connection.execute("SELECT book_id::text, on_hand, held FROM stock").fetchall()
    return {book: (on_hand, held) for book, on_hand, held in rows}
