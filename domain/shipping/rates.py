"""What delivery costs: a base for the zone, and a step for every half kilogram begun after the first."""

from dataclasses import dataclass
from typing import Final

from domain.shared.errors import InvalidInput
from domain.shared.money import Money
from domain.shipping.weights import parcel_grams
from domain.shipping.zones import Zone, zone_of

CURRENCY: Final = "USD"
DIGITAL: Final = "digital"
STANDARD: Final = "standard"
EXPRESS: Final = "express"
STEP_GRAMS: Final = 500  # about one book: each further book is felt, a bookmark is not
HEAVIEST_GRAMS: Final = 30_000  # what carriers take by hand; heavier orders go in two


@dataclass(frozen=True, slots=True)
class Tariff:
    """US cents: `base` up to the first 500 g, `step` for each further 500 g begun; days it takes."""

    base: int
    step: int
    days: tuple[int, int]


# The shop's own prices, generated for a shop that ships from one warehouse; edit them to your contract.
TARIFFS: Final[dict[tuple[str, Zone], Tariff]] = {
    # Ground post: about what a single book costs to mail within the country, further books half of it.
    (STANDARD, Zone.DOMESTIC): Tariff(399, 100, (3, 7)),
    # Ground across one border: customs handling on top of the domestic base.
    (STANDARD, Zone.NEIGHBOUR): Tariff(999, 300, (6, 14)),
    # Consolidated air to the European hub, then local post.
    (STANDARD, Zone.EUROPE): Tariff(1499, 450, (7, 18)),
    # Consolidated air: the longest routes set the price.
    (STANDARD, Zone.WORLD): Tariff(1899, 600, (10, 28)),
    # Two-day air: weight flies, so each step costs half of what two books cost by ground.
    (EXPRESS, Zone.DOMESTIC): Tariff(1299, 250, (1, 2)),
    # Courier with customs brokerage.
    (EXPRESS, Zone.NEIGHBOUR): Tariff(2999, 600, (2, 4)),
    # Courier, direct flight.
    (EXPRESS, Zone.EUROPE): Tariff(3999, 900, (3, 5)),
    # Courier, as far as it goes.
    (EXPRESS, Zone.WORLD): Tariff(4999, 1200, (4, 8)),
}


@dataclass(frozen=True, slots=True)
class Rate:
    """A way to deliver: its price, the parcel's weight with packaging, and how the price came about."""

    method: str
    price: Money
    parcel_grams: int
    days: tuple[int, int]
    explanation: str


DOWNLOAD: Final = Rate(DIGITAL, Money.zero(CURRENCY), 0, (0, 0), "Downloads need no parcel.")


class RateTable:
    """The shop's price list for delivery. Weights are those of the books, without packaging."""

    def offers(self, country: str, books_grams: int) -> list[Rate]:
        """Every way to deliver that weight there, cheapest first; downloads (0 g) go everywhere, free.

        `InvalidInput` names the country the shop does not ship to, or the cart that is too heavy.
        """
        if books_grams <= 0:
            return [DOWNLOAD]
        grams, zone = parcel_grams(books_grams), zone_of(country)
        if grams > HEAVIEST_GRAMS:
            raise InvalidInput(
                "items", f"One parcel holds at most {HEAVIEST_GRAMS // 1000} kg; order in two."
            )
        return [_rate(method, zone, grams) for method in (STANDARD, EXPRESS)]

    def rate(self, method: str, country: str, books_grams: int) -> Rate:
        """That one way to deliver; `InvalidInput` says which ways there are."""
        offered = {rate.method: rate for rate in self.offers(country, books_grams)}
        if method not in offered:
            raise InvalidInput("shipping_method", f"These books can be delivered by {' or '.join(offered)}.")
        return offered[method]

    def price(self, method: str, country: str, weight_grams: int) -> Money:
        """What that way to deliver costs, before tax."""
        return self.rate(method, country, weight_grams).price


def _rate(method: str, zone: Zone, grams: int) -> Rate:
    tariff = TARIFFS[method, zone]
    steps = -(-grams // STEP_GRAMS) - 1
    explanation = f"{method.capitalize()} {zone} delivery: {Money(tariff.base, CURRENCY)}"
    if steps:
        explanation += f" and {steps} more at {Money(tariff.step, CURRENCY)}"
    price = Money(tariff.base + steps * tariff.step, CURRENCY)
    return Rate(method, price, grams, tariff.days, f"{explanation} for {grams} g with packaging.")
