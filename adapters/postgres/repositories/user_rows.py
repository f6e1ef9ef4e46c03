"""Between an account and its row: every fact about the person is sealed for its own place."""

from collections.abc import Collection
from typing import Final

import msgspec

from adapters.postgres.database import Row
from domain.shared.address import PostalAddress
from domain.shared.ids import UserId
from domain.shared.personal_data import PersonalDataVault, Sealed, WrappedKey
from domain.users.email import EmailAddress
from domain.users.password import PasswordHash
from domain.users.principal import Role
from domain.users.user import User

EMAIL_INDEX: Final = "email"  # the purpose under which addresses are looked up


def email_index(email: EmailAddress, vault: PersonalDataVault) -> bytes:
    """Where an account is found without reading anybody's address."""
    return vault.blind_index(EMAIL_INDEX, email.value)


def user_columns(user: User, key: WrappedKey, vault: PersonalDataVault) -> dict[str, object]:
    """The row of an account."""

    def sealed(column: str, text: str | None) -> Sealed | None:
        return None if text is None else vault.seal(key, place(user.id, column), text)

    address = None if user.address is None else msgspec.json.encode(user.address).decode()
    return {
        "id": user.id,
        "email_index": email_index(user.email, vault),
        "email": sealed("email", user.email.value),
        "name": sealed("name", user.name),
        "phone": sealed("phone", user.phone),
        "address": sealed("address", address),
        "password_hash": user.password_hash,
        "registered_at": user.registered_at,
    }


def user_from(row: Row, roles: Collection[str], vault: PersonalDataVault) -> User:
    """The account of a row that carries its `wrapped` key."""

    def opened(column: str) -> str | None:
        sealed = getattr(row, column)
        return None if sealed is None else vault.open(row.wrapped, place(row.id, column), sealed)

    address = opened("address")
    return User(
        id=UserId(row.id),
        email=EmailAddress(opened("email") or ""),
        name=opened("name") or "",
        phone=opened("phone"),
        address=None if address is None else msgspec.json.decode(address, type=PostalAddress),
        password_hash=PasswordHash(row.password_hash),
        registered_at=row.registered_at,
        roles=frozenset(Role(role) for role in roles),
    )


def place(user_id: UserId, column: str) -> str:
    """Table, row and column: what is sealed for one does not open in another."""
    return f"users:{user_id}:{column}"
