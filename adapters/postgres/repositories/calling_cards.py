"""Calling cards in PostgreSQL. What their owners want to be called is sealed with their own keys."""

from typing import Final

from adapters.postgres.database import Connection, Row
from adapters.postgres.repositories.subject_keys import SubjectKeys
from adapters.postgres.statement import Statement
from domain.friends.calling_card import CallingCard, CardCode
from domain.friends.errors import ReaderNotFound
from domain.shared.ids import UserId
from domain.shared.personal_data import PersonalDataVault, Sealed, WrappedKey

_OF: Final = Statement("SELECT * FROM calling_cards WHERE user_id = %(reader)s FOR UPDATE")
# Who was erased has no key any more, and is not found.
_HOLDER: Final = Statement("""
SELECT c.user_id FROM calling_cards c JOIN subject_keys k ON k.user_id = c.user_id WHERE c.code = %(code)s
""")
_ADD: Final = Statement("""
INSERT INTO calling_cards (user_id, code, sealed_name) VALUES (%(reader)s, %(code)s, %(sealed_name)s)
ON CONFLICT (user_id) DO NOTHING
""")
_SAVE: Final = Statement("""
UPDATE calling_cards SET code = %(code)s, sealed_name = %(sealed_name)s WHERE user_id = %(reader)s
""")


class PostgresCallingCards:
    """The `CallingCards` port over one open transaction."""

    def __init__(self, connection: Connection, keys: SubjectKeys, vault: PersonalDataVault) -> None:
        self._connection = connection
        self._keys = keys
        self._vault = vault

    async def of(self, reader: UserId) -> CallingCard | None:
        """Load and lock."""
        row = await self._connection.one(_OF, reader=reader)
        if row is None:
            return None
        name = name_on(row, await self._keys.of(reader), self._vault)
        return CallingCard(reader=reader, code=CardCode(row.code), display_name=name)

    async def holder(self, code: CardCode) -> UserId:
        """By the code alone."""
        row = await self._connection.one(_HOLDER, code=code.value)
        if row is None:
            raise ReaderNotFound
        return UserId(row.user_id)

    async def add(self, card: CallingCard) -> bool:
        """A card for each reader; a second one at the same moment waits for the first."""
        return bool(await self._connection.run(_ADD, **await self._row(card)))

    async def save(self, card: CallingCard) -> None:
        """All of it; the lock of `of` keeps others out."""
        await self._connection.run(_SAVE, **await self._row(card))

    async def _row(self, card: CallingCard) -> dict[str, object]:
        return {
            "reader": card.reader,
            "code": card.code.value,
            "sealed_name": await self._sealed_name(card),
        }

    async def _sealed_name(self, card: CallingCard) -> Sealed | None:
        if card.display_name is None:
            return None
        return self._vault.seal(await self._keys.of(card.reader), _place(card.reader), card.display_name)


def name_on(row: Row, key: WrappedKey, vault: PersonalDataVault) -> str | None:
    """What the owner of the card in `row` (its `user_id` and `sealed_name`) wants to be called."""
    return None if row.sealed_name is None else vault.open(key, _place(row.user_id), Sealed(row.sealed_name))


def _place(reader: UserId) -> str:
    return f"calling_cards:{reader}:display_name"
