"""In what they can be bought: one to four editions of a work."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from adapters.files.generated import MINUTES_A_PAGE, some_copies, some_price, weight_grams
from adapters.files.invented.authors import LAST_YEAR
from adapters.files.invented.numbers import Numbers
from adapters.files.invented.tongue import SPOKEN, Tongue
from adapters.files.invented.works import InventedWork
from domain.books.edition import EditionFacts
from domain.books.entry import CatalogueEntry
from domain.shared.edition_format import Format
from domain.shared.money import Money

GENERATED: Final = ["everything"]
HOW_MANY: Final = (1, 1, 1, 1, 1, 2, 2, 2, 3, 4)
# A format by how many of a hundred editions have it, and since when it is sold.
FORMATS: Final = {Format.PAPERBACK: 48, Format.HARDCOVER: 22, Format.EBOOK: 22, Format.AUDIOBOOK: 8}
SOLD_SINCE: Final = {
    Format.PAPERBACK: 1900,
    Format.HARDCOVER: 1900,
    Format.EBOOK: 2000,
    Format.AUDIOBOOK: 1985,
}
TRANSLATED: Final = 0.06  # of editions
_KINDS, _WEIGHTS, _LANGUAGES = list(FORMATS), list(FORMATS.values()), list(SPOKEN)


@dataclass(frozen=True, slots=True)
class Press:
    """Prints editions, in these languages, with these numbers."""

    tongues: Mapping[str, Tongue]
    numbers: Numbers

    def editions(self, work: InventedWork, number: int, dice: Random) -> Iterator[CatalogueEntry]:
        """All of a work; the first gets the ISBN of that number."""
        shares = [dice.randint(1, 9) for _ in range(dice.choice(HOW_MANY))]
        for place, share in enumerate(shares):
            kind = dice.choices(_KINDS, _WEIGHTS)[0]
            yield CatalogueEntry(
                work=work.facts,
                isbn=self.numbers.isbn(number + place),
                format=kind,
                edition=self._edition(work, kind, dice, original=place == 0),
                price=Money(some_price(dice, kind), "USD"),
                stock=some_copies(dice, kind),
                sold=work.sold * share // sum(shares),
            )

    def _edition(self, work: InventedWork, kind: Format, dice: Random, *, original: bool) -> EditionFacts:
        tongue, title = work.tongue, work.facts.title
        if not original and dice.random() < TRANSLATED:
            tongue = self.tongues[dice.choice(_LANGUAGES)]
            title = tongue.title("titles", dice)
        details: dict[str, object] = {"generated": GENERATED, "seed": self.numbers.seed}
        if work.summary is not None:
            details["summary"] = work.summary
        if kind is Format.AUDIOBOOK:
            details["minutes"] = work.pages * MINUTES_A_PAGE
        return EditionFacts(
            title=title,
            publisher=tongue.title("publishers", dice),
            published_date=_day(work, kind, dice, original=original),
            language=tongue.language,
            pages=None if kind is Format.AUDIOBOOK else work.pages,
            weight_grams=weight_grams(kind, work.pages),
            categories=work.categories,
            details=details,
        )


def _day(work: InventedWork, kind: Format, dice: Random, *, original: bool) -> date:
    first = max(work.facts.first_published or LAST_YEAR, SOLD_SINCE[kind])
    year = first if original else dice.randint(first, LAST_YEAR)
    return date(year, 1, 1) + timedelta(days=dice.randrange(365))
