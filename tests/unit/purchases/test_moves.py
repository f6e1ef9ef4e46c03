"""The tables of a purchase are total, and what they do not name cannot happen."""

from itertools import pairwise, product
from typing import Any

import pytest

from domain.purchases.errors import PurchaseCannotMove
from domain.purchases.standing import Standing
from domain.purchases.status import (
    ENDED_WITHOUT_BOOK,
    MONEY_BEHIND,
    MONEY_MOVES,
    PURCHASE_BEHIND,
    PURCHASE_MOVES,
    STORE_BEHIND,
    STORE_MOVES,
    TERMINAL,
    WAY,
    MoneyStatus,
    PurchaseStatus,
    StoreStatus,
)

AXES: list[tuple[Any, str, str, Any, Any]] = [
    (PurchaseStatus, "status", "_move", PURCHASE_MOVES, PURCHASE_BEHIND),
    (MoneyStatus, "money", "_pay", MONEY_MOVES, MONEY_BEHIND),
    (StoreStatus, "store", "_order", STORE_MOVES, STORE_BEHIND),
]


@pytest.mark.parametrize(("kind", "axis", "verb", "moves", "behind"), AXES)
def test_each_status_may_follow_each_other_exactly_where_its_table_says(
    kind: Any,  # noqa: ANN401 - one of three enums
    axis: str,
    verb: str,
    moves: Any,  # noqa: ANN401 - its table
    behind: Any,  # noqa: ANN401 - its table
) -> None:
    assert set(moves) == set(kind)
    for now, wanted in product(kind, kind):
        standing = Standing()
        setattr(standing, axis, now)
        if wanted is now or wanted in behind.get(now, ()):
            assert getattr(standing, verb)(wanted) is False
            assert getattr(standing, axis) is now
        elif wanted in moves[now]:
            assert getattr(standing, verb)(wanted) is True
            assert getattr(standing, axis) is wanted
        else:
            with pytest.raises(PurchaseCannotMove):
                getattr(standing, verb)(wanted)
            assert getattr(standing, axis) is now


@pytest.mark.parametrize(("kind", "axis", "verb", "moves", "behind"), AXES)
def test_no_status_both_lies_behind_and_may_follow(
    kind: Any,  # noqa: ANN401 - one of three enums
    axis: str,
    verb: str,
    moves: Any,  # noqa: ANN401 - its table
    behind: Any,  # noqa: ANN401 - its table
) -> None:
    assert all(not moves[status] & behind.get(status, frozenset()) for status in kind)


def test_the_way_leads_step_by_step_to_the_end_and_every_status_is_reached() -> None:
    assert all(after in PURCHASE_MOVES[before] for before, after in pairwise(WAY))
    assert set().union(*PURCHASE_MOVES.values()) | {PurchaseStatus.RECEIVED} == set(PurchaseStatus)
    assert ENDED_WITHOUT_BOOK | {PurchaseStatus.DONE} == TERMINAL


def test_once_the_order_was_sent_a_purchase_ends_only_in_what_the_store_did() -> None:
    assert PURCHASE_MOVES[PurchaseStatus.ORDERED] == {PurchaseStatus.CAPTURED, PurchaseStatus.REFUNDED}
    assert PURCHASE_MOVES[PurchaseStatus.CAPTURED] == {PurchaseStatus.DONE, PurchaseStatus.REFUNDED}
    assert StoreStatus.CALLED_OFF not in STORE_MOVES[StoreStatus.ASKED]
