"""Opening an account."""

from dataclasses import dataclass, field

from application.shared.unit_of_work import UnitOfWork
from application.users.throttle import Source, Throttle
from application.users.views import Profile
from domain.shared.clock import Clock
from domain.shared.ids import IdSource, UserId
from domain.users.email import EmailAddress
from domain.users.password import PasswordHasher, new_password
from domain.users.person import person_name
from domain.users.user import User


@dataclass(frozen=True, slots=True)
class Registration:
    """What somebody gives; `source` is None on the shop's own machines."""

    email: str = field(repr=False)
    password: str = field(repr=False)
    name: str = field(repr=False)
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Registered:
    """The new account, and the token by which its browser is known from now on."""

    profile: Profile
    device_token: str


class RegisterUser:
    """Anybody may open an account; one e-mail address has one account, and everybody starts as a reader."""

    def __init__(
        self,
        *,
        unit_of_work: UnitOfWork,
        passwords: PasswordHasher,
        throttle: Throttle,
        ids: IdSource,
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._passwords = passwords
        self._throttle = throttle
        self._ids = ids
        self._clock = clock

    async def __call__(self, registration: Registration) -> Registered:
        """Raises `InvalidInput`, `EmailTaken`, `TooManyAttempts`."""
        email = EmailAddress.parse(registration.email)
        name = person_name(registration.name)
        password = new_password(registration.password, email.value, name)
        if registration.source is not None:
            await self._throttle.admit_registration(registration.source)
        password_hash = await self._passwords.hash(password)
        user = User.register(UserId(self._ids.new()), email, name, password_hash, self._clock.now())
        async with self._unit_of_work() as work:
            await work.users.add(user)
        return Registered(Profile.of(user), self._throttle.known_device(email))
