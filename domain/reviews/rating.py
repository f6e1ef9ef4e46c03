"""Stars: what one reader gives, and what a work has got from all of them. Exact, in integers."""

from dataclasses import dataclass, replace
from typing import Final

from domain.shared.errors import InvalidInput
from domain.shared.money import round_half_up

STARS: Final = range(1, 6)
PLACES: Final = ("ones", "twos", "threes", "fours", "fives")

# A Bayesian mean: every work is given this many ratings of 3.6 stars before its first reader comes. On 10,000
# well-known books readers gave 4.0 on average, and the books differed so little (0.25) that the opinion of
# fifteen readers is worth as much as knowing nothing. 3.6 is less than all but a few of those books have, so
# that being unknown is no advantage.
PRIOR_RATINGS: Final = 15
PRIOR_STARS: Final = 54
FAIR_SCALE: Final = 10_000  # ten-thousandths of a star tell any two works apart that readers could


def demand_stars(stars: int) -> None:
    """Whole stars, one to five."""
    if stars not in STARS:
        raise InvalidInput("rating", f"Give {STARS.start} to {STARS.stop - 1} whole stars.")


@dataclass(frozen=True, slots=True, kw_only=True)
class StarCounts:
    """How many readers gave how many stars."""

    ones: int = 0
    twos: int = 0
    threes: int = 0
    fours: int = 0
    fives: int = 0

    @property
    def in_order(self) -> tuple[int, ...]:
        """From one star to five."""
        return (self.ones, self.twos, self.threes, self.fours, self.fives)

    @property
    def count(self) -> int:
        """How many ratings."""
        return sum(self.in_order)

    @property
    def stars(self) -> int:
        """How many stars in all."""
        return sum(stars * given for stars, given in zip(STARS, self.in_order, strict=True))

    def exchanged(self, before: int | None, after: int | None) -> "StarCounts":
        """One reader's stars in place of what she gave before; None stands for none."""
        changed = dict(zip(PLACES, self.in_order, strict=True))
        if before is not None:
            changed[PLACES[before - 1]] -= 1
        if after is not None:
            changed[PLACES[after - 1]] += 1
        return replace(self, **changed)


def average(stars: int, count: int) -> int | None:
    """The mean in hundredths of a star, halves up; None while nobody has rated."""
    return round_half_up(100 * stars, count) if count else None


def fair_score(stars: int, count: int) -> int:
    """Where a work stands among others, in ten-thousandths of a star: one reader's five stars weigh less than
    the 4.6 of a hundred.
    """
    return (stars + PRIOR_STARS) * FAIR_SCALE // (count + PRIOR_RATINGS)
