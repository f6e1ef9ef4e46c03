"""Changing what the shop knows of a reader."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Final, Literal, TypeAlias

from application.shared.unit_of_work import UnitOfWork
from application.users.own_password import OwnPassword
from application.users.throttle import Source, Throttle
from application.users.views import Profile
from domain.shared.address import PostalAddress
from domain.shared.clock import Clock
from domain.shared.errors import InvalidInput
from domain.users.email import EmailAddress
from domain.users.password import PasswordHash, PasswordHasher, new_password
from domain.users.person import person_name, phone_number
from domain.users.principal import Principal
from domain.users.user import User


class _Keep(Enum):
    AS_IT_IS = "as it is"


KEEP: Final = _Keep.AS_IT_IS
Keep: TypeAlias = Literal[_Keep.AS_IT_IS]


@dataclass(frozen=True, slots=True)
class ProfileChange:
    """What is to become of each fact; `KEEP` leaves it. `current_password` is asked for by what signs in."""

    name: str | Keep = field(default=KEEP, repr=False)
    phone: str | Keep | None = field(default=KEEP, repr=False)
    address: PostalAddress | Keep | None = field(default=KEEP, repr=False)
    email: str | Keep = field(default=KEEP, repr=False)
    password: str | Keep = field(default=KEEP, repr=False)
    current_password: str | None = field(default=None, repr=False)


class ChangeProfile:
    """Readers change their own profile. E-mail address and password change only with the password, and
    a new password signs every other device out.
    """

    def __init__(
        self, unit_of_work: UnitOfWork, passwords: PasswordHasher, throttle: Throttle, clock: Clock
    ) -> None:
        self._unit_of_work = unit_of_work
        self._passwords = passwords
        self._own_password = OwnPassword(passwords, throttle)
        self._clock = clock

    async def __call__(self, reader: Principal, change: ProfileChange, source: Source) -> Profile:
        """Raises `InvalidInput`, `WrongCredentials`, `EmailTaken`, `TooManyAttempts`."""
        async with self._unit_of_work() as work:
            known = await work.users.get(reader.user_id)
        email = known.email if change.email is KEEP else EmailAddress.parse(change.email)
        if email != known.email or change.password is not KEEP:
            await self._prove(known, change.current_password, source)
        password_hash = await self._new_hash(known, change)
        async with self._unit_of_work() as work:
            user = await work.users.get(reader.user_id)
            _describe(user, change)
            user.change_email(email)
            if password_hash is not None:
                user.change_password(password_hash)
                await work.sessions.end_all(user.id, self._clock.now(), but=reader.session_id)
            await work.users.save(user)
        return Profile.of(user)

    async def _prove(self, user: User, password: str | None, source: Source) -> None:
        if password is None:
            raise InvalidInput("current_password", "Give your current password to change how you sign in.")
        await self._own_password.prove(user, password, source)

    async def _new_hash(self, user: User, change: ProfileChange) -> PasswordHash | None:
        if change.password is KEEP:
            return None
        return await self._passwords.hash(new_password(change.password, user.email.value, user.name))


def _describe(user: User, change: ProfileChange) -> None:
    phone = user.phone if change.phone is KEEP else change.phone
    user.describe(
        name=user.name if change.name is KEEP else person_name(change.name),
        phone=None if phone is None else phone_number(phone),
        address=user.address if change.address is KEEP else change.address,
    )
