"""Between clubs, memberships and their rows, both ways. Names are sealed with their reader's key."""

from adapters.postgres.database import Row
from domain.clubs.club import Club
from domain.clubs.facts import ClubFacts
from domain.clubs.membership import Membership
from domain.clubs.standing import ClubRole, Standing, Visibility
from domain.shared.ids import ClubId, UserId
from domain.shared.personal_data import PersonalDataVault, Sealed


def facts_columns(facts: ClubFacts) -> dict[str, object]:
    """How it describes itself, and under what it is found."""
    return {
        "name": facts.name,
        "name_key": facts.name_key,
        "location": facts.location,
        "location_key": facts.location_key,
        "genre": facts.genre,
        "description": facts.description,
        "visibility": facts.visibility.value,
        "betting": facts.betting,
    }


def club_from(row: Row) -> Club:
    """The aggregate."""
    facts = ClubFacts(
        name=row.name,
        location=row.location,
        genre=row.genre,
        description=row.description,
        visibility=Visibility(row.visibility),
        betting=row.betting,
    )
    return Club(id=ClubId(row.id), facts=facts, founded_at=row.founded_at, version=row.version)


def standing_columns(membership: Membership) -> dict[str, object]:
    """All but the name."""
    return {
        "club_id": membership.club_id,
        "user_id": membership.reader,
        "standing": membership.standing.value,
        "role": membership.role.value,
        "since": membership.since,
        "joined_at": membership.joined_at,
        "left_at": membership.left_at,
    }


def membership_from(row: Row, vault: PersonalDataVault) -> Membership:
    """The aggregate; the row brings its sealed name and its reader's key, if she still has one."""
    return Membership(
        club_id=ClubId(row.club_id),
        reader=UserId(row.user_id),
        standing=Standing(row.standing),
        role=ClubRole(row.role),
        since=row.since,
        joined_at=row.joined_at,
        left_at=row.left_at,
        display_name=name_from(row, vault),
    )


def name_from(row: Row, vault: PersonalDataVault) -> str | None:
    """What the reader is called in this club; nothing once she was erased."""
    if row.sealed_name is None or row.wrapped is None:
        return None
    place = name_place(ClubId(row.club_id), UserId(row.user_id))
    return vault.open(row.wrapped, place, Sealed(row.sealed_name))


def name_place(club_id: ClubId, reader: UserId) -> str:
    """Table and row: what is sealed for one does not open in another."""
    return f"club_members:{club_id}:{reader}"
