"""Clubs in PostgreSQL. Whatever changes a club or who is in it comes one after the other: its row is
locked.
"""

from typing import Final

from sqlalchemy import bindparam, insert, select, update

from adapters.postgres.database import Connection
from adapters.postgres.outbox import write_events
from adapters.postgres.repositories.club_rows import (
    club_from,
    facts_columns,
    membership_from,
    name_place,
    standing_columns,
)
from adapters.postgres.repositories.subject_keys import SubjectKeys
from adapters.postgres.statement import Statement
from adapters.postgres.tables.clubs import clubs
from domain.clubs.club import Club
from domain.clubs.errors import ClubNotFound
from domain.clubs.invitation import Invitation
from domain.clubs.membership import Membership
from domain.shared.errors import StaleVersion
from domain.shared.ids import ClubId, UserId
from domain.shared.personal_data import PersonalDataVault

_ADD: Final = Statement(insert(clubs).values({column.name: bindparam(column.name) for column in clubs.c}))
_READ: Final = Statement(select(clubs).where(clubs.c.id == bindparam("of_id")))
_LOAD: Final = Statement(select(clubs).where(clubs.c.id == bindparam("of_id")).with_for_update())
_FACTS: Final = [c.name for c in clubs.c if c.name not in {"id", "founded_at", "version"}]
_SAVE: Final = Statement(
    update(clubs)
    .where(clubs.c.id == bindparam("of_id"), clubs.c.version == bindparam("read_version"))
    .values({name: bindparam(f"new_{name}") for name in _FACTS} | {"version": clubs.c.version + 1})
)
_MEMBERSHIP: Final = Statement("""
SELECT m.*, k.wrapped FROM club_members m LEFT JOIN subject_keys k ON k.user_id = m.user_id
WHERE m.club_id = %(club_id)s AND m.user_id = %(reader)s
""")
_KEEP: Final = Statement("""
INSERT INTO club_members (club_id, user_id, standing, role, since, joined_at, left_at, sealed_name)
VALUES (%(club_id)s, %(user_id)s, %(standing)s, %(role)s, %(since)s, %(joined_at)s, %(left_at)s,
    %(sealed_name)s)
ON CONFLICT (club_id, user_id) DO UPDATE SET
    standing = excluded.standing, role = excluded.role, since = excluded.since,
    joined_at = excluded.joined_at, left_at = excluded.left_at, sealed_name = excluded.sealed_name
""")
# By the index of who is in: a club of ten thousand is counted in a millisecond.
_MEMBERS: Final = Statement("""
SELECT count(*) AS members FROM club_members WHERE club_id = %(club_id)s AND standing = 'member'
""")
_INVITATION: Final = Statement("SELECT * FROM club_invitations WHERE club_id = %(club_id)s")
_INVITE: Final = Statement("""
INSERT INTO club_invitations (club_id, fingerprint, made_by, expires_at)
VALUES (%(club_id)s, %(fingerprint)s, %(made_by)s, %(expires_at)s)
ON CONFLICT (club_id) DO UPDATE SET
    fingerprint = excluded.fingerprint, made_by = excluded.made_by, expires_at = excluded.expires_at
""")
_UNINVITE: Final = Statement("DELETE FROM club_invitations WHERE club_id = %(club_id)s")


class PostgresClubs:
    """The `Clubs` port over one open transaction."""

    def __init__(self, connection: Connection, keys: SubjectKeys, vault: PersonalDataVault) -> None:
        self._connection = connection
        self._keys = keys
        self._vault = vault

    async def add(self, club: Club, owner: Membership) -> None:
        """Both rows and what happened."""
        await self._connection.run(
            _ADD, id=club.id, founded_at=club.founded_at, version=club.version, **facts_columns(club.facts)
        )
        await write_events(self._connection, club.drain_events())
        await self.keep(owner)

    async def get(self, club_id: ClubId) -> Club:
        """Load and lock."""
        return await self._found(_LOAD, club_id)

    async def read(self, club_id: ClubId) -> Club:
        """By primary key."""
        return await self._found(_READ, club_id)

    async def save(self, club: Club) -> None:
        """Nothing is written where nothing happened."""
        events = club.drain_events()
        if not events:
            return
        facts = {f"new_{name}": value for name, value in facts_columns(club.facts).items()}
        changed = await self._connection.run(_SAVE, of_id=club.id, read_version=club.version, **facts)
        if changed == 0:
            raise StaleVersion("The club changed since it was read; read it again.")
        club.version += 1
        await write_events(self._connection, events)

    async def membership(self, club_id: ClubId, reader: UserId) -> Membership | None:
        """By primary key."""
        row = await self._connection.one(_MEMBERSHIP, club_id=club_id, reader=reader)
        return None if row is None else membership_from(row, self._vault)

    async def keep(self, *memberships: Membership) -> None:
        """One row each; who lays a role down comes before who takes it up."""
        for membership in memberships:
            sealed = None
            if membership.display_name is not None:
                key = await self._keys.of(membership.reader)
                place = name_place(membership.club_id, membership.reader)
                sealed = self._vault.seal(key, place, membership.display_name)
            await self._connection.run(_KEEP, **standing_columns(membership), sealed_name=sealed)
            await write_events(self._connection, membership.drain_events())

    async def members(self, club_id: ClubId) -> int:
        """Counted anew."""
        row = await self._connection.one(_MEMBERS, club_id=club_id)
        return row.members if row else 0

    async def invitation(self, club_id: ClubId) -> Invitation | None:
        """By primary key."""
        row = await self._connection.one(_INVITATION, club_id=club_id)
        if row is None:
            return None
        return Invitation(
            club_id=club_id,
            fingerprint=row.fingerprint,
            made_by=UserId(row.made_by),
            expires_at=row.expires_at,
        )

    async def invite(self, invitation: Invitation) -> None:
        """In the place of the one before."""
        await self._connection.run(
            _INVITE,
            club_id=invitation.club_id,
            fingerprint=invitation.fingerprint,
            made_by=invitation.made_by,
            expires_at=invitation.expires_at,
        )

    async def uninvite(self, club_id: ClubId) -> None:
        """Its row goes."""
        await self._connection.run(_UNINVITE, club_id=club_id)

    async def _found(self, statement: Statement, club_id: ClubId) -> Club:
        row = await self._connection.one(statement, of_id=club_id)
        if row is None:
            raise ClubNotFound
        return club_from(row)
