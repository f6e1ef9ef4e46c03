"""A cap is absolute."""

import pytest

from domain.purchases.caps import Budget, Caps
from domain.purchases.errors import Cap, CapReached, CapsContradict, CapsNotSet
from domain.shared.errors import InvalidInput
from tests.builders import READER, usd
from tests.buying import CAPS


def budget(today: int = 0, month: int = 0, own: Caps | None = None) -> Budget:
    return Budget(reader=READER, own=own, today=usd(today), this_month=usd(month))


@pytest.mark.parametrize(
    ("today", "month", "wanted", "cap"),
    [
        (0, 0, 5_000, None),
        (0, 0, 5_001, Cap.PURCHASE),
        (5_000, 5_000, 5_000, None),
        (5_001, 5_001, 5_000, Cap.DAY),
        (0, 15_000, 5_000, None),
        (0, 15_001, 5_000, Cap.MONTH),
        (99_999, 99_999, 1, Cap.DAY),
    ],
)
def test_a_purchase_is_admitted_up_to_the_cent(today: int, month: int, wanted: int, cap: Cap | None) -> None:
    if cap is None:
        budget(today, month).admit(usd(wanted), CAPS)
        return
    with pytest.raises(CapReached) as refused:
        budget(today, month).admit(usd(wanted), CAPS)
    assert refused.value.details["cap"] == cap


def test_the_readers_own_caps_outrank_the_shops_both_ways() -> None:
    low = Caps(per_purchase=usd(10), per_day=usd(10), per_month=usd(10))
    with pytest.raises(CapReached):
        budget(own=low).admit(usd(11), CAPS)
    high = Caps(per_purchase=usd(9_000), per_day=usd(9_000), per_month=usd(9_000))
    budget(own=high).admit(usd(9_000), CAPS)


def test_nothing_is_bought_where_nobody_set_a_cap() -> None:
    with pytest.raises(CapsNotSet):
        budget().admit(usd(1), None)


def test_caps_make_sense_together() -> None:
    with pytest.raises(CapsContradict):
        Caps(per_purchase=usd(2), per_day=usd(1), per_month=usd(3))
    with pytest.raises(InvalidInput):
        Caps(per_purchase=usd(-1), per_day=usd(1), per_month=usd(3))
