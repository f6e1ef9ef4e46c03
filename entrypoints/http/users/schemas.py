"""What travels in bodies under /v1/users."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from application.users.change_profile import KEEP, Keep, ProfileChange
from application.users.tokens import SessionTokens
from application.users.views import OpenSession, Profile
from domain.shared.address import PostalAddress
from domain.shared.errors import InvalidInput
from domain.shared.ids import SessionId

Email = Annotated[str, Meta(examples=["jane@example.org"], description="Compared without case.")]
Password = Annotated[str, Meta(examples=["seven blue herons"], description="8 to 256 characters.")]
Name = Annotated[str, Meta(examples=["Jane Roe"])]
Phone = Annotated[str, Meta(examples=["+1 555 010 9999"])]


class Credentials(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody signs in with."""

    email: Email
    password: Password


class NewUser(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody opens an account with."""

    email: Email
    password: Password
    name: Name


class RefreshTokenGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """The token of the last answer; good once."""

    refresh_token: str


class Tokens(Struct, frozen=True):
    """Send the access token as `Authorization: Bearer …`, and keep the refresh token for the next pair."""

    access_token: str
    refresh_token: str
    token_type: str
    expires_in: Annotated[int, Meta(description="Seconds.")]

    @classmethod
    def of(cls, tokens: SessionTokens) -> "Tokens":
        """To the wire."""
        lifetime = int(tokens.expires_in.total_seconds())
        return cls(tokens.access_token, tokens.refresh_token, "Bearer", lifetime)


class Address(Struct, frozen=True, forbid_unknown_fields=True):
    """A postal address, of the same shape as a shipping address."""

    name: str
    line1: str
    city: str
    postal_code: str
    country: Annotated[str, Meta(examples=["US"], description="ISO 3166-1 alpha-2.")]
    line2: str | None = None
    region: str | None = None

    @classmethod
    def of(cls, address: PostalAddress) -> "Address":
        """To the wire."""
        return cls(
            name=address.name,
            line1=address.line1,
            line2=address.line2,
            city=address.city,
            region=address.region,
            postal_code=address.postal_code,
            country=address.country,
        )

    def postal(self) -> PostalAddress:
        """From the wire; what is wrong is named as it stands in a profile."""
        try:
            return PostalAddress(
                name=self.name,
                line1=self.line1,
                line2=self.line2,
                city=self.city,
                region=self.region,
                postal_code=self.postal_code,
                country=self.country,
            )
        except InvalidInput as wrong:
            raise InvalidInput(wrong.field.replace("shipping_addr", "address"), wrong.message) from wrong


class User(Struct, frozen=True):
    """An account, as its owner sees it."""

    id: UUID
    email: str
    name: str
    phone: str | None
    address: Address | None
    roles: list[str]
    created_at: datetime

    @classmethod
    def of(cls, profile: Profile) -> "User":
        """To the wire."""
        return cls(
            id=profile.id,
            email=profile.email,
            name=profile.name,
            phone=profile.phone,
            address=Address.of(profile.address) if profile.address else None,
            roles=[role.value for role in profile.roles],
            created_at=profile.registered_at,
        )


class ProfilePatch(Struct, frozen=True, forbid_unknown_fields=True):
    """Only what is named changes. `email` and `password` change with `current_password` alone."""

    name: Name | UnsetType = UNSET
    phone: Phone | UnsetType | None = UNSET
    address: Address | UnsetType | None = UNSET
    email: Email | UnsetType = UNSET
    password: Password | UnsetType = UNSET
    current_password: str | None = None

    def change(self) -> ProfileChange:
        """From the wire."""
        return ProfileChange(
            name=_or_keep(self.name),
            phone=KEEP if isinstance(self.phone, UnsetType) else self.phone,
            address=KEEP if isinstance(self.address, UnsetType) else _postal(self.address),
            email=_or_keep(self.email),
            password=_or_keep(self.password),
            current_password=self.current_password,
        )


class ProfilePut(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole profile: a missing phone number or address is removed. The e-mail address may be repeated."""

    name: Name
    phone: Phone | None = None
    address: Address | None = None
    email: Email | UnsetType = UNSET
    current_password: str | None = None

    def change(self) -> ProfileChange:
        """From the wire."""
        return ProfileChange(
            name=self.name,
            phone=self.phone,
            address=_postal(self.address),
            email=_or_keep(self.email),
            current_password=self.current_password,
        )


class Erasure(Struct, frozen=True, forbid_unknown_fields=True):
    """What proves that it is you who wants to be forgotten."""

    current_password: str


class Session(Struct, frozen=True):
    """A signed-in device. `last_used_at` moves whenever it exchanges its refresh token."""

    id: UUID
    device: str
    created_at: datetime
    last_used_at: datetime
    current: bool

    @classmethod
    def of(cls, session: OpenSession, current: SessionId) -> "Session":
        """To the wire."""
        is_current = session.id == current
        return cls(session.id, session.device, session.started_at, session.last_used_at, is_current)


class Sessions(Struct, frozen=True):
    """The reader's devices, the latest first."""

    items: list[Session]
    next: str | None = None


def _postal(address: Address | None) -> PostalAddress | None:
    return address.postal() if address else None


def _or_keep(value: str | UnsetType) -> str | Keep:
    return KEEP if isinstance(value, UnsetType) else value
