"""Slows down guessing of passwords without ever locking an owner out."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from domain.shared.clock import Clock
from domain.shared.personal_data import PersonalDataVault
from domain.users.attempts import (
    ACCOUNT,
    ACCOUNT_FROM_ADDRESS,
    ACCOUNT_FROM_DEVICE,
    ADDRESS,
    REGISTRATIONS,
    AttemptCounters,
    DeviceTokens,
    Ladder,
)
from domain.users.email import EmailAddress
from domain.users.errors import TooManyAttempts

_PURPOSE: Final = "sign-in attempts"  # counters know accounts and addresses by fingerprint only


@dataclass(frozen=True, slots=True)
class Source:
    """Where a request comes from: its network address, and what its browser kept of an earlier sign-in."""

    address: str = field(repr=False)
    device_token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Guess:
    """One try at a password: `own` is what only this source spends, `common` what it shares with others."""

    account: bytes
    own: tuple[str, Ladder]
    common: tuple[tuple[str, Ladder], ...]


class Throttle:
    """An attempt is counted before the password is checked, so that a thousand at once count as well."""

    def __init__(
        self, counters: AttemptCounters, vault: PersonalDataVault, devices: DeviceTokens, clock: Clock
    ) -> None:
        self._counters = counters
        self._vault = vault
        self._devices = devices
        self._clock = clock

    def guess(self, email: EmailAddress, source: Source) -> Guess:
        """Whose password is tried, and from where."""
        account = self._vault.blind_index(_PURPOSE, email.value)
        token = source.device_token
        device = self._devices.device(token, account) if token else None
        if device is not None:
            return Guess(account, (f"device:{account.hex()}:{device}", ACCOUNT_FROM_DEVICE), ())
        address = self._fingerprint(source.address)
        return Guess(
            account,
            (f"pair:{account.hex()}:{address}", ACCOUNT_FROM_ADDRESS),
            ((f"address:{address}", ADDRESS), (f"account:{account.hex()}", ACCOUNT)),
        )

    async def admit(self, guess: Guess) -> None:
        """Count the try; raises `TooManyAttempts`. Whoever is refused spends nothing of the account's."""
        for key, ladder in (guess.own, *guess.common):
            await self._spend(key, ladder)

    async def succeeded(self, guess: Guess) -> str:
        """The password was right: give back what was counted, and make the browser a known device."""
        await self._counters.clear(guess.own[0])
        for key, ladder in guess.common:
            await self._counters.refund(key, ladder)
        return self._devices.issue(guess.account)

    async def admit_registration(self, source: Source) -> None:
        """Count an account opened from there; raises `TooManyAttempts`."""
        await self._spend(f"registrations:{self._fingerprint(source.address)}", REGISTRATIONS)

    def known_device(self, email: EmailAddress) -> str:
        """The browser an account was opened in is a known one."""
        return self._devices.issue(self._vault.blind_index(_PURPOSE, email.value))

    async def _spend(self, key: str, ladder: Ladder) -> None:
        wait = await self._counters.spend(key, ladder, self._clock.now())
        if wait > timedelta(0):
            raise TooManyAttempts(wait)

    def _fingerprint(self, address: str) -> str:
        return self._vault.blind_index(_PURPOSE, address).hex()
