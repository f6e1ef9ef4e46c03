"""Codes of calling cards, from the operating system's randomness."""

import secrets

from domain.friends.calling_card import ALPHABET, LENGTH, CardCode


class RandomCardCodes:
    """The `CardCodes` port."""

    def new(self) -> CardCode:
        """Every code is as likely as any other."""
        return CardCode("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))
