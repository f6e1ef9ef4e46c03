"""What owners and hosts decide: what holds in memory holds in PostgreSQL."""

import asyncio
from datetime import timedelta

import pytest

from domain.clubs.errors import (
    ClubNotFound,
    InvitationNotGood,
    MemberNotFound,
    NotAHost,
    NotTheOwner,
    OwnerStays,
)
from domain.clubs.invitation import GOOD_FOR
from domain.clubs.standing import ClubRole, Standing
from domain.shared.errors import InvalidInput, StaleVersion
from tests.contract.clubs.conftest import Village


async def test_a_host_lets_in_who_asks(village: Village) -> None:
    owner = await village.reader()
    club, reader = await village.club(owner, private=True), await village.reader()
    host = await village.host(club, owner)
    await village.joins(reader, club, "Jane")
    for _ in range(2):
        assert await village.decides(host, club, reader, Standing.MEMBER) is Standing.MEMBER
    assert (reader, "Jane", "member") in await village.members(club, reader)
    assert await village.members(club, host, Standing.REQUESTED) == []


async def test_who_was_refused_may_ask_again(village: Village) -> None:
    owner = await village.reader()
    club, reader = await village.club(owner, private=True), await village.reader()
    await village.joins(reader, club)
    assert await village.decides(owner, club, reader, Standing.REFUSED) is Standing.REFUSED
    assert await village.joins(reader, club) is Standing.REQUESTED


async def test_nobody_is_made_a_member_against_her_will(village: Village) -> None:
    owner = await village.reader()
    club = await village.club(owner)
    gone = await village.member(club)
    await village.leaves(gone, club)
    for stranger in (gone, await village.reader()):
        with pytest.raises(MemberNotFound):
            await village.decides(owner, club, stranger, Standing.MEMBER)
    with pytest.raises(InvalidInput):
        await village.decides(owner, club, gone, Standing.REQUESTED)


async def test_a_barred_reader_finds_the_club_no_more_until_she_is_forgiven(village: Village) -> None:
    owner = await village.reader()
    club = await village.club(owner, name="Highbury Readers")
    reader = await village.member(club)
    await village.decides(owner, club, reader, Standing.BARRED)
    for look in (village.sees(club, reader), village.joins(reader, club), village.members(club, reader)):
        with pytest.raises(ClubNotFound):
            await look
    assert club not in [card.id for card in await village.listed(reader=reader, q="highbury")]
    assert await village.members(club, owner, Standing.BARRED) == [(reader, None, "member")]
    assert await village.decides(owner, club, reader, Standing.LEFT) is Standing.LEFT
    assert await village.joins(reader, club) is Standing.MEMBER


async def test_members_are_barred_or_left_in_peace(village: Village) -> None:
    owner = await village.reader()
    club = await village.club(owner)
    with pytest.raises(MemberNotFound):
        await village.decides(owner, club, await village.member(club), Standing.LEFT)


async def test_a_host_cannot_put_the_owner_out(village: Village) -> None:
    owner = await village.reader()
    club = await village.club(owner)
    with pytest.raises(OwnerStays):
        await village.decides(await village.host(club, owner), club, owner, Standing.BARRED)


async def test_members_decide_nothing(village: Village) -> None:
    owner = await village.reader()
    club = await village.club(owner)
    member, host = await village.member(club), await village.host(club, owner)
    with pytest.raises(NotAHost):
        await village.decides(member, club, host, Standing.BARRED)
    with pytest.raises(NotAHost):
        await village.invites(member, club)
    with pytest.raises(NotAHost):
        await village.revises(member, club)
    with pytest.raises(NotTheOwner):
        await village.gives_role(host, club, member, ClubRole.HOST)


async def test_a_club_is_handed_over_whole(village: Village) -> None:
    owner = await village.reader()
    club = await village.club(owner)
    heir = await village.member(club)
    await village.gives_role(owner, club, heir, ClubRole.OWNER)
    assert (await village.sees(club, owner)).role == "host"
    assert (await village.sees(club, heir)).role == "owner"
    await village.leaves(owner, club)
    with pytest.raises(OwnerStays):
        await village.gives_role(heir, club, heir, ClubRole.MEMBER)


async def test_a_club_is_handed_to_one_of_two_and_never_to_both(village: Village) -> None:
    owner = await village.reader()
    club = await village.club(owner)
    heirs = [await village.member(club), await village.member(club)]
    given = await asyncio.gather(
        *(village.gives_role(owner, club, heir, ClubRole.OWNER) for heir in heirs), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in given) == ["NoneType", "NotTheOwner"]
    roles = [role for _, _, role in await village.members(club, owner)]
    assert sorted(roles) == ["host", "member", "owner"]


async def test_a_host_is_made_a_member_again(village: Village) -> None:
    owner = await village.reader()
    club = await village.club(owner)
    host = await village.host(club, owner)
    await village.gives_role(owner, club, host, ClubRole.MEMBER)
    with pytest.raises(NotAHost):
        await village.invites(host, club)


async def test_an_invitation_opens_a_private_club_for_whoever_has_it(village: Village) -> None:
    owner = await village.reader()
    club = await village.club(owner, private=True)
    secret = await village.invites(owner, club)
    assert await village.joins(await village.reader(), club, invitation=secret) is Standing.MEMBER
    assert await village.joins(await village.reader(), club, invitation=secret) is Standing.MEMBER


async def test_an_invitation_is_good_until_another_takes_its_place(village: Village) -> None:
    owner, reader = await village.reader(), await village.reader()
    club, other = await village.club(owner, private=True), await village.club(owner, private=True)
    old = await village.invites(owner, club)
    new, elsewhere = await village.invites(owner, club), await village.invites(owner, other)
    for secret in (old, elsewhere, "", new + "x"):
        with pytest.raises(InvitationNotGood):
            await village.joins(reader, club, invitation=secret)
    await village.withdraws_invitation(owner, club)
    with pytest.raises(InvitationNotGood):
        await village.joins(reader, club, invitation=new)


async def test_an_invitation_expires(village: Village) -> None:
    owner = await village.reader()
    club = await village.club(owner)
    secret = await village.invites(owner, club)
    village.clock.move(GOOD_FOR + timedelta(seconds=1))
    with pytest.raises(InvitationNotGood):
        await village.joins(await village.reader(), club, invitation=secret)


async def test_a_club_describes_itself_anew(village: Village) -> None:
    owner = await village.reader()
    club = await village.club(owner, name="Highbury Readers", location="Highbury")
    await village.revises(owner, club, 1, name="Hartfield Readers", genre="fiction", private=True)
    seen = await village.sees(club, owner)
    assert (seen.name, seen.location, seen.genre, seen.private, seen.version) == (
        "Hartfield Readers",
        None,
        "fiction",
        True,
        2,
    )
    with pytest.raises(StaleVersion):
        await village.revises(owner, club, 1, name="Randalls Readers")
    assert (await village.events(club))[-1] == "club_revised"


async def test_to_say_the_same_of_a_club_again_changes_nothing(village: Village) -> None:
    owner = await village.reader()
    club = await village.club(owner, name="Highbury Readers")
    await village.revises(owner, club, 1, name="Highbury Readers")
    assert (await village.sees(club)).version == 1
