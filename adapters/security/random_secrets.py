"""Randomness from the operating system."""

import secrets
from typing import Final

TOKEN_BYTES: Final = 32  # 256 bit: a plain hash of it is as good as a slow one


class RandomSecrets:
    """The `Secrets` and `LinkSecrets` ports."""

    def refresh_token(self) -> str:
        """A new refresh token."""
        return secrets.token_urlsafe(TOKEN_BYTES)

    def link_secret(self) -> str:
        """A new secret for an address."""
        return secrets.token_urlsafe(TOKEN_BYTES)
