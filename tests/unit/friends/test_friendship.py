"""What may be between two readers, and what each of them may do about it."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.friends.errors import (
    BlockedByYou,
    DeclinedLately,
    FriendRequestNotFound,
    FriendRequestWaits,
    OneselfMeant,
    ReaderNotFound,
    TooManyFriendRequests,
)
from domain.friends.friendship import BOND_MOVES, DECLINED_FOR, Bond, Friendship, Standing
from domain.friends.limits import MOST_UNANSWERED, demand_room_to_ask
from domain.friends.pair import Pair
from domain.shared.errors import DomainError
from domain.shared.ids import UserId
from tests.builders import NOON

ANNA, BEN = UserId(UUID(int=1)), UserId(UUID(int=2))
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def tie() -> Friendship:
    return Friendship(pair=Pair.of(BEN, ANNA))


def seen(tie: Friendship) -> tuple[Standing | None, Standing | None]:
    """By Anna, by Ben."""
    return tie.standing_for(ANNA), tie.standing_for(BEN)


def test_two_readers_are_one_pair_and_one_reader_is_none() -> None:
    assert Pair.of(ANNA, BEN) == Pair.of(BEN, ANNA)
    assert Pair.of(ANNA, BEN).other(BEN) == ANNA
    with pytest.raises(OneselfMeant):
        Pair.of(ANNA, ANNA)


def test_who_is_asked_may_accept_and_saying_it_again_changes_nothing(tie: Friendship) -> None:
    assert tie.ask(ANNA, NOON)
    assert not tie.ask(ANNA, LATER)
    assert (seen(tie), tie.since) == ((Standing.ASKED_BY_YOU, Standing.ASKS_YOU), NOON)
    for _ in range(2):
        tie.accept(BEN, LATER)
    assert (seen(tie), tie.since) == ((Standing.FRIENDS, Standing.FRIENDS), LATER)
    assert not tie.ask(ANNA, LATER)


def test_nobody_accepts_her_own_question(tie: Friendship) -> None:
    tie.ask(ANNA, NOON)
    for answer in (tie.accept, tie.decline):
        with pytest.raises(FriendRequestNotFound):
            answer(ANNA, LATER)
    assert tie.bond is Bond.ASKED


def test_two_who_ask_each_other_are_friends(tie: Friendship) -> None:
    assert tie.ask(ANNA, NOON)
    assert not tie.ask(BEN, LATER)
    assert (tie.bond, tie.since) == (Bond.FRIENDS, LATER)


def test_who_was_declined_asks_again_after_thirty_days_and_not_before(tie: Friendship) -> None:
    tie.ask(ANNA, NOON)
    for at in (LATER, LATER + timedelta(days=7)):
        tie.decline(BEN, at)
    assert seen(tie) == (None, None)
    with pytest.raises(DeclinedLately) as refused:
        tie.ask(ANNA, LATER + DECLINED_FOR - timedelta(seconds=1))
    assert refused.value.details == {"again_at": (LATER + DECLINED_FOR).isoformat()}
    assert tie.ask(ANNA, LATER + DECLINED_FOR)


def test_who_declined_may_ask_at_any_time_and_the_other_may_then_say_yes(tie: Friendship) -> None:
    """socialize-friendships once refused B for ever because B had declined A."""
    tie.ask(ANNA, NOON)
    tie.decline(BEN, NOON)
    assert tie.ask(BEN, LATER)
    assert not tie.ask(ANNA, LATER)
    assert (tie.bond, tie.declined) == (Bond.FRIENDS, {})


def test_each_direction_remembers_its_own_no(tie: Friendship) -> None:
    for asker, asked in ((ANNA, BEN), (BEN, ANNA)):
        tie.ask(asker, NOON)
        tie.decline(asked, NOON)
    for asker in (ANNA, BEN):
        with pytest.raises(DeclinedLately):
            tie.ask(asker, LATER)


def test_a_question_is_taken_back_by_her_who_asked(tie: Friendship) -> None:
    tie.ask(ANNA, NOON)
    with pytest.raises(FriendRequestWaits):
        tie.part(BEN, LATER)
    for _ in range(2):
        tie.part(ANNA, LATER)
    assert tie.is_blank
    with pytest.raises(FriendRequestNotFound):
        tie.accept(BEN, LATER)


def test_either_ends_a_friendship_and_may_ask_anew(tie: Friendship) -> None:
    tie.ask(ANNA, NOON)
    tie.accept(BEN, NOON)
    tie.part(BEN, LATER)
    assert tie.is_blank
    assert tie.ask(ANNA, LATER)


@pytest.mark.parametrize("before", list(Bond))
def test_a_block_ends_whatever_there_was_and_hides_both_ways(tie: Friendship, before: Bond) -> None:
    if before is not Bond.APART:
        tie.ask(ANNA, NOON)
    if before is Bond.FRIENDS:
        tie.accept(BEN, NOON)
    for at in (NOON, LATER):
        tie.block(BEN, at)
    assert seen(tie) == (None, Standing.BLOCKED_BY_YOU)
    assert tie.blocks == {BEN: NOON}
    with pytest.raises(ReaderNotFound):
        tie.ask(ANNA, LATER)
    with pytest.raises(BlockedByYou):
        tie.ask(BEN, LATER)
    for answer in (tie.accept, tie.decline):
        with pytest.raises(FriendRequestNotFound):
            answer(ANNA, LATER)
    tie.part(ANNA, LATER)
    tie.unblock(BEN)
    assert tie.is_blank


def test_a_block_is_lifted_by_her_alone_who_made_it(tie: Friendship) -> None:
    tie.block(ANNA, NOON)
    tie.block(BEN, NOON)
    tie.unblock(ANNA)
    assert seen(tie) == (None, Standing.BLOCKED_BY_YOU)
    tie.unblock(ANNA)
    with pytest.raises(ReaderNotFound):
        tie.ask(ANNA, LATER)


def test_a_no_outlives_a_block(tie: Friendship) -> None:
    tie.ask(ANNA, NOON)
    tie.decline(BEN, NOON)
    tie.block(BEN, NOON)
    tie.unblock(BEN)
    with pytest.raises(DeclinedLately):
        tie.ask(ANNA, LATER)


@given(st.lists(st.tuples(st.sampled_from(("ask", "accept", "decline", "part", "block", "unblock")),
                          st.sampled_from((ANNA, BEN)), st.integers(0, 20)), max_size=12))  # fmt: skip
def test_whatever_two_readers_do_what_is_between_them_makes_sense(
    deeds: list[tuple[str, UserId, int]],
) -> None:
    tie, at = Friendship(pair=Pair.of(ANNA, BEN)), NOON
    for verb, who, days in deeds:
        before, at = tie.bond, at + timedelta(days=days)
        try:
            getattr(tie, verb)(who, *(() if verb == "unblock" else (at,)))
        except DomainError:
            assert tie.bond is before
        assert tie.bond is before or tie.bond in BOND_MOVES[before] or (verb, before) == ("block", before)
        assert (tie.asked_by is not None) == (tie.bond is Bond.ASKED)
        assert (tie.since is not None) == (tie.bond is not Bond.APART)
        assert tie.bond is Bond.APART or not tie.blocks
        anna, ben = seen(tie)
        assert (anna is Standing.FRIENDS) == (ben is Standing.FRIENDS)
        assert (anna is Standing.ASKS_YOU) == (ben is Standing.ASKED_BY_YOU)


def test_nobody_asks_more_people_at_a_time_than_she_can_know() -> None:
    demand_room_to_ask(MOST_UNANSWERED - 1)
    with pytest.raises(TooManyFriendRequests):
        demand_room_to_ask(MOST_UNANSWERED)
