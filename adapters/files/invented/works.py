"""What they write: titles, series, subjects, and how well it sells."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from adapters.files.invented.authors import LAST_YEAR, Author, Authors
from adapters.files.invented.chance import how_many
from adapters.files.invented.tongue import Tongue
from domain.books.work import Series, WorkFacts

# Of a hundred works, so many …
IN_SERIES: Final = 0.25
WITH_SUBTITLE: Final = 0.2
BY_TWO: Final = 0.06
SUMMARISED: Final = 0.6
LONGEST_SERIES: Final = 12
FEWEST_SOLD, MOST_SOLD = 5, 20_000_000  # copies of a work
SHEET: Final = 8  # leaves are bound in eights


@dataclass(frozen=True, slots=True)
class InventedWork:
    """`sold` are copies of all its editions together."""

    facts: WorkFacts
    tongue: Tongue
    categories: tuple[str, ...]
    pages: int
    summary: str | None
    sold: int


@dataclass(frozen=True, slots=True)
class _Volume:
    """When a work appears, and where it stands in a series, whose volumes come a year apart."""

    year: int
    series: Series | None = None


def works(authors: Authors, dice: Random) -> Iterator[InventedWork]:
    """Without end, author by author; no author gives two works one title."""
    while True:
        author = authors.draw(dice)
        left = author.works
        while left:
            volumes = _volumes(author, left, dice)
            for volume in volumes:
                yield _work(author, volume, authors, dice)
            left -= len(volumes)


def _volumes(author: Author, left: int, dice: Random) -> list[_Volume]:
    year = author.debut + dice.randrange(author.career + 1)
    if left < 2 or author.learned or dice.random() > IN_SERIES:  # noqa: PLR2004 - one is no series
        return [_Volume(year)]
    name, count = author.tongue.title("series", dice), min(left, dice.randint(2, LONGEST_SERIES))
    return [_Volume(min(LAST_YEAR, year + n), Series(name, str(n + 1))) for n in range(count)]


def _work(author: Author, volume: _Volume, authors: Authors, dice: Random) -> InventedWork:
    tongue = author.tongue
    names = [author.name] if dice.random() > BY_TWO else [author.name, authors.draw(dice).name]
    facts = WorkFacts(
        title=_title(author, dice),
        authors=tuple(dict.fromkeys(names)),
        language=tongue.language,
        first_published=volume.year,
        series=volume.series,
        description=tongue.sentences(dice.randint(1, 2), dice),
    )
    return InventedWork(
        facts=facts,
        tongue=tongue,
        categories=tuple(author.shelves[: dice.choice((1, 1, 2, 3))]),
        pages=SHEET * dice.randint(8, 24 + how_many(dice, 1.2, 100)),
        summary=tongue.sentences(dice.randint(2, 4), dice) if dice.random() < SUMMARISED else None,
        sold=FEWEST_SOLD * how_many(dice, 1.0, MOST_SOLD // FEWEST_SOLD),
    )


def _title(author: Author, dice: Random) -> str:
    kind = "learned" if author.learned else "titles"
    while True:
        title = author.tongue.title(kind, dice)
        if dice.random() < WITH_SUBTITLE:
            title = f"{title}: {author.tongue.title('subtitles', dice)}"
        if title not in author.taken:
            author.taken.add(title)
            return title
