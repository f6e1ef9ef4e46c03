"""A club's door, and who may do what behind it."""

from datetime import timedelta
from itertools import product
from uuid import UUID

import pytest

from domain.clubs.club import MOST_MEMBERS, Club
from domain.clubs.door import Door
from domain.clubs.errors import (
    ClubIsFull,
    ClubNotFound,
    InvitationNotGood,
    MemberNotFound,
    NotAHost,
    NotAMember,
    NotTheOwner,
    OwnerStays,
)
from domain.clubs.facts import ClubFacts
from domain.clubs.invitation import GOOD_FOR, Invitation
from domain.clubs.membership import Membership
from domain.clubs.standing import STANDING_MOVES, ClubRole, Standing
from domain.shared.errors import InvalidInput
from domain.shared.ids import ClubId, UserId
from tests.builders import NOON

HIGHBURY = ClubId(UUID(int=1))
EMMA, HARRIET = UserId(UUID(int=10)), UserId(UUID(int=11))
VERBS = {
    Standing.REQUESTED: "ask",
    Standing.MEMBER: "join",
    Standing.REFUSED: "refuse",
    Standing.LEFT: "leave",
    Standing.BARRED: "bar",
}


def membership(standing: Standing, role: ClubRole = ClubRole.MEMBER) -> Membership:
    return Membership(club_id=HIGHBURY, reader=HARRIET, standing=standing, since=NOON, role=role)


def club(*, private: bool = False) -> Club:
    facts = ClubFacts.parse(name="Highbury", private=private)
    return Club.found(id=HIGHBURY, facts=facts, founder=EMMA, display_name=None, at=NOON)[0]


@pytest.mark.parametrize(("before", "after"), list(product(Standing, Standing)))
def test_only_moves_of_the_table_are_made(before: Standing, after: Standing) -> None:
    one = membership(before)
    verb = getattr(one, VERBS[after])
    if after is before or after in STANDING_MOVES[before]:
        verb(NOON + timedelta(days=1))
        assert one.standing is after
        assert (one.since == NOON) == (before is after)
    else:
        with pytest.raises(MemberNotFound):
            verb(NOON)
        assert one.standing is before


@pytest.mark.parametrize(
    ("private", "standing", "role", "refusals"),
    [
        (False, None, ClubRole.MEMBER, [None, None, NotAMember, NotAMember, NotAMember]),
        (True, None, ClubRole.MEMBER, [None, ClubNotFound, ClubNotFound, ClubNotFound, ClubNotFound]),
        (True, Standing.REQUESTED, ClubRole.MEMBER, [None, *[ClubNotFound] * 4]),
        (True, Standing.LEFT, ClubRole.MEMBER, [None, *[ClubNotFound] * 4]),
        (False, Standing.BARRED, ClubRole.MEMBER, [ClubNotFound] * 5),
        (True, Standing.BARRED, ClubRole.MEMBER, [ClubNotFound] * 5),
        (True, Standing.MEMBER, ClubRole.MEMBER, [None, None, None, NotAHost, NotTheOwner]),
        (True, Standing.MEMBER, ClubRole.HOST, [None, None, None, None, NotTheOwner]),
        (True, Standing.MEMBER, ClubRole.OWNER, [None] * 5),
    ],
)
def test_the_door_says_no_to_whom_it_must(
    private: bool,  # noqa: FBT001 - a column of the table
    standing: Standing | None,
    role: ClubRole,
    refusals: list[type[Exception] | None],
) -> None:
    door = Door(private, standing, role)
    demands = [
        door.demand_known,
        door.demand_insight,
        door.demand_member,
        door.demand_host,
        door.demand_owner,
    ]
    for demand, refusal in zip(demands, refusals, strict=True):
        if refusal is None:
            demand()
        else:
            with pytest.raises(refusal):
                demand()


def test_an_invitation_opens_a_private_club() -> None:
    assert club(private=True).receive(None, HARRIET, None, NOON, invited=False).standing is Standing.REQUESTED
    assert club(private=True).receive(None, HARRIET, None, NOON, invited=True).is_member


def test_an_invitation_does_not_open_for_whom_the_club_has_barred() -> None:
    with pytest.raises(ClubNotFound):
        club().receive(membership(Standing.BARRED), HARRIET, None, NOON, invited=True)


def test_who_comes_again_is_a_member_like_others() -> None:
    host = membership(Standing.MEMBER, ClubRole.HOST)
    host.leave(NOON)
    again = club().receive(host, HARRIET, None, NOON, invited=False)
    assert (again.role, again.is_host) == (ClubRole.MEMBER, False)


def test_an_owner_can_be_neither_barred_nor_lost() -> None:
    owner = membership(Standing.MEMBER, ClubRole.OWNER)
    for verb in (owner.leave, owner.bar):
        with pytest.raises(OwnerStays):
            verb(NOON)


def test_who_hands_her_club_over_stays_as_a_host() -> None:
    owner, heir = membership(Standing.MEMBER, ClubRole.OWNER), membership(Standing.MEMBER)
    heir.reader = EMMA
    Club.hand_over(owner, heir, NOON)
    assert (owner.role, heir.role) == (ClubRole.HOST, ClubRole.OWNER)


def test_a_club_is_handed_to_members_only() -> None:
    with pytest.raises(MemberNotFound):
        Club.hand_over(membership(Standing.MEMBER, ClubRole.OWNER), membership(Standing.REQUESTED), NOON)


def test_to_hand_a_club_over_to_oneself_changes_nothing() -> None:
    owner = membership(Standing.MEMBER, ClubRole.OWNER)
    Club.hand_over(owner, owner, NOON)
    assert owner.role is ClubRole.OWNER


def test_an_invitation_is_good_for_its_own_secret_and_a_fortnight() -> None:
    invitation = Invitation.make(HIGHBURY, "secret", EMMA, NOON)
    invitation.demand_good("secret", NOON + GOOD_FOR - timedelta(seconds=1))
    for secret, at in (("secret", NOON + GOOD_FOR), ("Secret", NOON), ("", NOON)):
        with pytest.raises(InvitationNotGood):
            invitation.demand_good(secret, at)


def test_a_full_club_takes_in_nobody() -> None:
    club().demand_room(MOST_MEMBERS - 1)
    with pytest.raises(ClubIsFull):
        club().demand_room(MOST_MEMBERS)


def test_to_describe_a_club_the_same_way_again_changes_nothing() -> None:
    one = club()
    one.drain_events()
    one.revise(one.facts, NOON)
    assert one.drain_events() == []


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\x07b", "\u202eabc"])
def test_a_club_needs_a_name_that_can_be_read(name: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        ClubFacts.parse(name=name)
    assert refused.value.field == "name"
