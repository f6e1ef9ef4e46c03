"""Which work a club reads next, as tables a host could check by hand."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.shared.ids import UserId, WorkId
from domain.votes.counting import Decided, count
from domain.votes.vote import Ballot
from tests.builders import NOON

WORKS = {name: WorkId(UUID(int=number)) for number, name in enumerate("ABCDE", start=1)}
NAMES = {work: name for name, work in WORKS.items()}


def ballots(*said: str) -> list[Ballot]:
    """`ballots("AB", "B")`: one reader would like A best and B as well, another B alone."""
    return [
        Ballot(UserId(UUID(int=100 + number)), tuple(WORKS[name] for name in names), NOON)
        for number, names in enumerate(said)
    ]


def counted(candidates: str, *said: str) -> list[tuple[str, int, Decided | None]]:
    places = count([WORKS[name] for name in candidates], ballots(*said))
    assert [place.place for place in places] == list(range(1, len(candidates) + 1))
    return [(NAMES[place.work_id], place.approvals, place.decided) for place in places]


def test_most_approvals_win_whatever_the_order_on_the_ballots() -> None:
    assert counted("ABC", "AB", "AB", "B") == [
        ("B", 3, Decided.APPROVALS),
        ("A", 2, Decided.APPROVALS),
        ("C", 0, None),
    ]


def test_between_two_that_as_many_approve_the_one_wins_that_more_prefer() -> None:
    assert counted("AB", "BA", "BA", "AB") == [("B", 3, Decided.ORDER), ("A", 3, None)]


def test_who_approves_one_alone_prefers_it() -> None:
    assert counted("AB", "A", "B", "BA", "AB", "BA")[0] == ("B", 4, Decided.ORDER)


def test_where_the_order_is_even_too_the_first_proposed_wins() -> None:
    assert counted("AB", "AB", "BA") == [("A", 2, Decided.PROPOSED), ("B", 2, None)]
    assert counted("BA", "AB", "BA")[0] == ("B", 2, Decided.PROPOSED)


def test_three_that_beat_each_other_in_a_circle_stand_as_they_were_proposed() -> None:
    names = [name for name, *_ in counted("CAB", "ABC", "BCA", "CAB")]
    assert names == ["C", "A", "B"]


def test_without_ballots_they_stand_as_they_were_proposed() -> None:
    assert counted("BA") == [("B", 0, Decided.PROPOSED), ("A", 0, None)]
    assert count([], []) == []


def test_only_the_tied_are_compared() -> None:
    """C, which nobody else approves, lends no strength to those that beat it."""
    assert counted("ABC", "BCA", "AB", "BA", "AB")[0] == ("A", 4, Decided.PROPOSED)


_BALLOTS = st.lists(st.lists(st.sampled_from("ABCD"), unique=True, max_size=4).map("".join), max_size=7)


@given(_BALLOTS, st.permutations("ABCD"), st.randoms(use_true_random=False))
def test_the_order_in_which_ballots_come_is_nothing(
    said: list[str], candidates: list[str], chance: object
) -> None:
    shuffled = sorted(said, key=lambda _: chance.random())  # type: ignore[attr-defined] # Hypothesis's own
    assert counted("".join(candidates), *said) == counted("".join(candidates), *shuffled)


@given(_BALLOTS, st.sampled_from("ABCD"))
def test_one_more_ballot_for_a_work_alone_never_harms_it(said: list[str], work: str) -> None:
    def place(*all_said: str) -> int:
        return [name for name, *_ in counted("ABCD", *all_said)].index(work)

    assert place(*said, work) <= place(*said)


@pytest.mark.parametrize("many", [1, 5])
def test_every_candidate_has_one_place(many: int) -> None:
    assert {name for name, *_ in counted("ABCDE"[:many], "A")} == set("ABCDE"[:many])
