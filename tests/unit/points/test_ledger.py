"""Every transaction sums to zero, goes where its kind goes, and is undone only by its reverse."""

from dataclasses import FrozenInstanceError
from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.points.account import BURN, MINT, Account, AccountKind
from domain.points.errors import BooksDoNotBalance
from domain.points.ledger import ROUTES, Entry, Movement, Transaction, balances, covers, transfer
from domain.shared.ids import MarketId, UserId
from tests.builders import NOON

EMMA = Account.of_reader(UserId(UUID(int=11)))
JANE = Account.of_reader(UserId(UUID(int=12)))
DERBY = Account.of_market(MarketId(UUID(int=13)))
OF_KIND = {
    AccountKind.READER: EMMA,
    AccountKind.MARKET: DERBY,
    AccountKind.MINT: MINT,
    AccountKind.BURN: BURN,
}


def booked(movement: Movement, *entries: Entry, reverses: str | None = None) -> Transaction:
    return Transaction(key="k", movement=movement, reason="why", at=NOON, entries=entries, reverses=reverses)


def grant(amount: int = 10) -> Transaction:
    return transfer("g", Movement.GRANT, amount, taken_from=MINT, given_to=EMMA, reason="why", at=NOON)


@pytest.mark.parametrize(
    "entries",
    [
        (),
        (Entry(MINT, -10), Entry(EMMA, 9)),
        (Entry(MINT, -10),),
        (Entry(MINT, -10), Entry(EMMA, 10), Entry(JANE, 0)),
        (Entry(MINT, -10), Entry(EMMA, 4), Entry(EMMA, 6)),
    ],
)
def test_what_does_not_add_up_cannot_be_written_down(entries: tuple[Entry, ...]) -> None:
    with pytest.raises(BooksDoNotBalance):
        booked(Movement.GRANT, *entries)


@pytest.mark.parametrize("movement", [m for m in Movement if m is not Movement.REVERSAL])
def test_a_movement_goes_its_own_way_only(movement: Movement) -> None:
    for taken, given_to in permutations(AccountKind, 2):
        entries = (Entry(OF_KIND[taken], -1), Entry(OF_KIND[given_to], 1))
        if (taken, given_to) == ROUTES[movement]:
            assert booked(movement, *entries).entries == entries
        else:
            with pytest.raises(BooksDoNotBalance):
                booked(movement, *entries)


def test_only_a_reversal_reverses_and_it_names_what() -> None:
    with pytest.raises(BooksDoNotBalance):
        booked(Movement.GRANT, *grant().entries, reverses="another")
    with pytest.raises(BooksDoNotBalance):
        booked(Movement.REVERSAL, *grant().entries)
    with pytest.raises(BooksDoNotBalance):
        grant().reverse("wrong", NOON).reverse("and right again", NOON)


def test_a_transaction_is_never_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        grant().reason = "another"  # type: ignore[misc] # what nobody may write


@given(st.lists(st.integers(1, 1_000), min_size=1, max_size=20))
def test_reversing_everything_leaves_nothing_anywhere(amounts: list[int]) -> None:
    done = [grant(amount) for amount in amounts]
    undone = [transaction.reverse("wrong", NOON) for transaction in done]
    assert balances(done)[EMMA] == -balances(done)[MINT] == sum(amounts)
    assert set(balances(done + undone).values()) == {0}


def test_nobody_falls_below_zero_but_the_mint_and_by_a_reversal() -> None:
    assert covers(10, Entry(EMMA, -10), Movement.STAKE)
    assert not covers(9, Entry(EMMA, -10), Movement.STAKE)
    assert covers(9, Entry(EMMA, -10), Movement.REVERSAL)
    assert covers(0, Entry(MINT, -10), Movement.GRANT)


def test_whoever_is_below_zero_only_rises() -> None:
    assert covers(-5, Entry(EMMA, 1), Movement.GRANT)
    assert not covers(-5, Entry(EMMA, -1), Movement.STAKE)
