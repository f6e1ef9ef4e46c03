"""What is paid, in its parts: the item, its way to the reader, and the tax."""

from dataclasses import dataclass

from adapters.stores.answers.spot import Spot, Unreadable
from adapters.stores.mapping.amounts import Notation, read_amount
from adapters.stores.mapping.fields import Fact
from domain.shared.money import Money


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount, and how the store writes it there."""

    fact: Fact
    notation: Notation

    def told(self, spot: Spot, currency: str) -> Money | None:
        """The amount; None where the answer does not tell it."""
        said = self.fact.said(spot)
        if said is None:
            return self._ours(self.fact.otherwise if self.fact.always is None else self.fact.always, currency)
        if (meaning := self.fact.words.get(said.casefold())) is not None:
            return self._ours(meaning, currency)
        return self._read(said, currency, self.notation)

    def demanded(self, spot: Spot, currency: str) -> Money:
        """The amount. Raises `Unreadable` where the answer does not tell it."""
        told = self.told(spot, currency)
        if told is None:
            raise Unreadable(f"{self.fact.key}: the answer does not tell it")
        return told

    def _ours(self, text: str | None, currency: str) -> Money | None:
        """What the description says in place of the store is written the way descriptions are: "0"."""
        return None if text is None else self._read(text, currency, Notation())

    def _read(self, text: str, currency: str, notation: Notation) -> Money:
        try:
            return read_amount(text, currency, notation)
        except Unreadable as why:
            raise Unreadable(f"{self.fact.key}: {why}") from None


@dataclass(frozen=True, slots=True)
class Parts:
    """The three amounts. Every currency that the answer names must be the store's."""

    item: Amount
    shipping: Amount
    tax: Amount
    named_currency: Fact | None

    def demand_currency(self, spot: Spot, currency: str) -> None:
        """Raise `Unreadable` if the answer names another, or none where it always does."""
        if self.named_currency is None:
            return
        named = self.named_currency.all_told(spot)
        if not named:
            raise Unreadable(f"{self.named_currency.key}: the answer does not tell it")
        if other := next((name for name in named if name.upper() != currency), None):
            raise Unreadable(f"{self.named_currency.key}: {other[:8]!r} from a store described in {currency}")
