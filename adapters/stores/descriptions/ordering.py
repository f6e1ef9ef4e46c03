"""From ordering as it is written to an order desk."""

from collections.abc import Mapping

from adapters.stores.answers.wire_format import WIRE_FORMATS
from adapters.stores.calls.wire import Address
from adapters.stores.descriptions import facts
from adapters.stores.descriptions.calls import call, demand_place
from adapters.stores.descriptions.facts import Idiom
from adapters.stores.descriptions.mistakes import Mistake, one_of
from adapters.stores.descriptions.rules import rules
from adapters.stores.descriptions.written import (
    CancelTable,
    OrderCallTable,
    OrderingTable,
    PlacedTable,
    StoreFile,
    WrittenAmount,
)
from adapters.stores.mapping.parts import Amount
from adapters.stores.mapping.verdicts import OF_QUESTIONS, Meaning, Rule
from adapters.stores.order_desk import CancelCall, OrderCall, OrderDesk, PlacedMapping
from adapters.stores.order_values import OF_A_KEY, OF_AN_ORDER
from domain.prices.store import StoreTerms
from domain.purchases.store_orders import OrderingTerms


def order_desk(written: StoreFile, terms: StoreTerms, address: Address) -> OrderDesk | None:
    """The desk; None for a store that takes no orders from us. Raises `Mistake`."""
    ordering = written.ordering
    if ordering is None:
        return None
    if ordering.find is None and not ordering.same_key_same_order:
        raise Mistake(
            "ordering",
            "nobody could ever tell what became of an order whose answer was lost: describe [ordering.find],"
            " or leave [ordering] out.",
        )
    wire = WIRE_FORMATS[one_of("ordering.wire", ordering.wire or written.wire, WIRE_FORMATS)]
    idiom = Idiom(wire, written.amounts, written.currency)
    return OrderDesk(
        store=terms,
        terms=OrderingTerms(
            finds_by_key=ordering.find is not None,
            same_key_same_order=ordering.same_key_same_order,
            cancels=ordering.cancel is not None,
        ),
        address=address,
        wire_format=wire,
        placed=_placed(ordering.placed, idiom),
        place=_place(ordering.place, written.headers, idiom),
        find=None if ordering.find is None else _find(ordering.find, written.headers, idiom),
        cancel=None if ordering.cancel is None else _cancel(ordering.cancel, written.headers, idiom),
        errors=_errors(ordering, written, idiom),
    )


def _errors(ordering: OrderingTable, written: StoreFile, idiom: Idiom) -> list[Rule]:
    own = rules("ordering.errors", ordering.errors, Meaning, idiom)
    if ordering.wire not in {None, written.wire}:
        return own  # those of the questions are told in another format
    return [*own, *rules("errors", written.errors, OF_QUESTIONS, idiom)]


def _place(table: OrderCallTable, headers: Mapping[str, str], idiom: Idiom) -> OrderCall:
    key = "ordering.place"
    made = call(key, table, idiom.wire.accept, headers, OF_AN_ORDER)
    demand_place(key, made, "offer_id")
    demand_place(key, made, "key")
    if made.method == "GET":
        raise Mistake(f"{key}.method", "what orders is no GET: those are repeated by whoever is on the way.")
    return OrderCall(made, facts.path(f"{key}.order", table.order, idiom))


def _find(table: OrderCallTable, headers: Mapping[str, str], idiom: Idiom) -> OrderCall:
    key = "ordering.find"
    made = call(key, table, idiom.wire.accept, headers, OF_A_KEY)
    demand_place(key, made, "key")
    if table.always_has is None:
        raise Mistake(
            f"{key}.always_has",
            "it is missing: name what every good answer has, so that a strange one does not mean: no order.",
        )
    proof = facts.path(f"{key}.always_has", table.always_has, idiom)
    return OrderCall(made, facts.path(f"{key}.order", table.order, idiom), proof)


def _cancel(table: CancelTable, headers: Mapping[str, str], idiom: Idiom) -> CancelCall:
    key = "ordering.cancel"
    made = call(key, table, idiom.wire.accept, headers, OF_A_KEY)
    demand_place(key, made, "key")
    return CancelCall(
        made,
        facts.path(f"{key}.order", table.order, idiom),
        facts.where(f"{key}.where", table.where, idiom),
        _refunded(key, table.refunded, idiom),
    )


def _refunded(key: str, written: WrittenAmount | None, idiom: Idiom) -> Amount | None:
    return None if written is None else facts.amount(f"{key}.refunded", written, idiom)


def _placed(table: PlacedTable, idiom: Idiom) -> PlacedMapping:
    key = "ordering.placed"
    return PlacedMapping(
        number=facts.fact(f"{key}.number", table.number, idiom),
        offer_id=facts.fact(f"{key}.offer_id", table.offer_id, idiom),
        parts=facts.parts(
            lambda name: f"{key}.{name}", (table.item, table.shipping, table.tax), table.currency, idiom
        ),
        refunded=_refunded(key, table.refunded, idiom),
        where=facts.where(f"{key}.where", table.where, idiom),
    )
