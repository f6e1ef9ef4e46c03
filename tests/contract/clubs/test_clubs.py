"""Clubs and their doors: what holds in memory holds in PostgreSQL."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.clubs.errors import ClubNotFound, MemberNotFound, NotAHost, NotAMember, OwnerStays
from domain.clubs.standing import Standing
from domain.shared.errors import InvalidInput, StaleVersion
from domain.shared.ids import ClubId
from tests.builders import NOON
from tests.contract.clubs.conftest import Village


async def test_who_founds_a_club_owns_it_and_is_its_first_member(village: Village) -> None:
    owner = await village.reader()
    club = await village.club(owner, "Miss Bates", name="Highbury  Readers", location="Highbury")
    seen = await village.sees(club, owner)
    assert (seen.name, seen.location, seen.private, seen.betting) == (
        "Highbury Readers",
        "Highbury",
        False,
        True,
    )
    assert (seen.members, seen.role, seen.standing, seen.version) == (1, "owner", "member", 1)
    assert (seen.founded_at, seen.next_meeting) == (NOON, None)
    assert await village.members(club, owner) == [(owner, "Miss Bates", "owner")]
    assert await village.events(club) == ["club_founded"]


async def test_a_genre_is_a_category_of_the_shop(village: Village) -> None:
    with pytest.raises(InvalidInput, match="no category") as refused:
        await village.club(genre="gossip")
    assert refused.value.field == "genre"


async def test_a_public_club_takes_in_whoever_comes(village: Village) -> None:
    club, reader = await village.club(), await village.reader()
    village.clock.move(timedelta(hours=1))
    assert await village.joins(reader, club, "Harriet") is Standing.MEMBER
    assert await village.joins(reader, club) is Standing.MEMBER
    seen = await village.sees(club, reader)
    assert (seen.members, seen.role) == (2, "member")
    assert (await village.members(club, reader))[1] == (reader, "Harriet", "member")
    assert (await village.events(club)).count("club_joined") == 1


async def test_a_private_club_is_asked_and_keeps_to_itself(village: Village) -> None:
    owner = await village.reader()
    club, reader = await village.club(owner, private=True), await village.reader()
    assert await village.joins(reader, club) is Standing.REQUESTED
    seen = await village.sees(club, reader)
    assert (seen.members, seen.standing, seen.role, seen.score) == (1, "requested", None, None)
    assert await village.members(club, owner, Standing.REQUESTED) == [(reader, None, "member")]
    with pytest.raises(ClubNotFound):
        await village.members(club, reader)


async def test_strangers_of_a_public_club_do_not_see_who_is_in(village: Village) -> None:
    club, stranger = await village.club(), await village.reader()
    with pytest.raises(NotAMember):
        await village.members(club, stranger)


async def test_members_do_not_see_who_waits_at_the_door(village: Village) -> None:
    club = await village.club(private=True)
    member = await village.member(club)
    with pytest.raises(NotAHost):
        await village.members(club, member, Standing.REQUESTED)


async def test_who_leaves_is_out_and_may_come_again(village: Village) -> None:
    club = await village.club()
    reader = await village.member(club)
    village.clock.move(timedelta(hours=1))
    for _ in range(2):
        await village.leaves(reader, club)
    assert (await village.sees(club, reader)).standing == "left"
    assert (await village.sees(club)).members == 1
    assert await village.joins(reader, club) is Standing.MEMBER
    assert await village.events(club) == ["club_founded", "club_joined", "club_left", "club_joined"]
    async with village.unit_of_work() as work:
        again = await work.clubs.membership(club, reader)
    assert again is not None
    assert (again.joined_at, again.left_at) == (NOON + timedelta(hours=1), None)


async def test_the_owner_does_not_leave_her_club_alone(village: Village) -> None:
    owner = await village.reader()
    club = await village.club(owner)
    with pytest.raises(OwnerStays):
        await village.leaves(owner, club)


async def test_a_stranger_cannot_leave(village: Village) -> None:
    with pytest.raises(MemberNotFound):
        await village.leaves(await village.reader(), await village.club())


async def test_there_is_no_club_that_was_never_founded(village: Village) -> None:
    nowhere, reader = ClubId(uuid4()), await village.reader()
    for look in (village.sees(nowhere), village.joins(reader, nowhere), village.leaves(reader, nowhere)):
        with pytest.raises(ClubNotFound):
            await look


async def test_clubs_are_found_by_name_place_and_genre_whatever_the_spelling(village: Village) -> None:
    word = uuid4().hex
    cafe = await village.club(name=f"Café {word}", location="Köln Süd", genre="fiction")
    bath = await village.club(name=f"Bath {word}", location="Bath", private=True)

    async def found(**wanted: str) -> list[ClubId]:
        return [card.id for card in await village.listed(**{"q": word, **wanted})]

    assert await found() == [bath, cafe]
    assert await found(q=f"CAFE {word}") == [cafe]
    assert await found(location="koln") == [cafe]
    assert await found(genre="fiction") == [cafe]
    assert await found(genre="poetry") == []
    assert await found(q="%") == []


async def test_a_reader_finds_the_clubs_she_is_in(village: Village) -> None:
    reader = await village.reader()
    mine, left = await village.club(reader), await village.club()
    await village.club()
    await village.joins(reader, left)
    await village.leaves(reader, left)
    assert [card.id for card in await village.listed(reader=reader, mine=True)] == [mine]


async def test_what_somebody_is_called_is_kept_until_she_says_otherwise(village: Village) -> None:
    club, reader = await village.club(), await village.reader()
    village.clock.move(timedelta(hours=1))
    await village.joins(reader, club, "Harriet")
    await village.joins(reader, club)
    assert (await village.members(club, reader))[1][1] == "Harriet"
    await village.joins(reader, club, "Mrs Martin")
    assert (await village.members(club, reader))[1][1] == "Mrs Martin"


async def test_a_hundred_readers_join_at_one_moment_and_each_is_in_once(village: Village) -> None:
    many = 100 if village.database else 20  # in memory each transaction copies the whole shop
    club, readers = await village.club(), await village.readers(many)
    standings = await asyncio.gather(*(village.joins(reader, club) for reader in [*readers, *readers[:10]]))
    assert set(standings) == {Standing.MEMBER}
    assert (await village.sees(club)).members == many + 1
    assert (await village.events(club)).count("club_joined") == many


async def test_of_two_who_describe_a_club_anew_one_is_told(village: Village) -> None:
    club = await village.club()
    async with village.unit_of_work() as work:
        one, other = await work.clubs.read(club), await work.clubs.read(club)
        for place, version in enumerate((one, other)):
            version.revise(version.facts.__class__(name=f"Name {place}"), NOON)
        await work.clubs.save(one)
        assert one.version == 2
        with pytest.raises(StaleVersion):
            await work.clubs.save(other)
