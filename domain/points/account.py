"""Between whom points move: readers, the stakes on a market, and where points come from and end."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self
from uuid import UUID

from domain.shared.ids import MarketId, UserId


class AccountKind(StrEnum):
    """What sort of account."""

    READER = "reader"
    MARKET = "market"  # stakes in escrow, until the market is settled or void
    MINT = "mint"  # falls below zero by what was ever minted
    BURN = "burn"  # holds what was ever burned


@dataclass(frozen=True, slots=True)
class Account:
    """A reader's account bears the reader's id and a market's the market's: nobody has two."""

    kind: AccountKind
    id: UUID

    @classmethod
    def of_reader(cls, reader: UserId) -> Self:
        """What the reader may stake. It outlives the reader's personal data: the books must add up."""
        return cls(AccountKind.READER, reader)

    @classmethod
    def of_market(cls, market: MarketId) -> Self:
        """What stands on a market."""
        return cls(AccountKind.MARKET, market)


MINT: Final = Account(AccountKind.MINT, UUID(int=1))
BURN: Final = Account(AccountKind.BURN, UUID(int=2))
