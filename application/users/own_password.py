"""What only the owner of an account does, she does with its password."""

from application.users.throttle import Source, Throttle
from domain.users.errors import WrongCredentials
from domain.users.password import PasswordHasher
from domain.users.user import User


class OwnPassword:
    """Guesses are slowed down as at the sign-in: a browser left open must not tell the password."""

    def __init__(self, passwords: PasswordHasher, throttle: Throttle) -> None:
        self._passwords = passwords
        self._throttle = throttle

    async def prove(self, user: User, password: str, source: Source) -> None:
        """Raises `WrongCredentials`, `TooManyAttempts`."""
        guess = self._throttle.guess(user.email, source)
        await self._throttle.admit(guess)
        if not await self._passwords.matches(password, user.password_hash):
            raise WrongCredentials
        await self._throttle.succeeded(guess)
