"""What is asked of the search, and what would be right, made from the facts of goodbooks-10k."""

import csv
import gzip
import random
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from domain.search.folding import fold

# Shelves that say what a book is about; readers put books on them by hand. What says who owns it or when it
# was read is no subject, and what is the name of an author or a series is asked elsewhere.
SHELVES: Final = (
    "dystopia", "vampires", "time-travel", "detective", "space-opera", "cooking", "wizards", "zombies",
    "world-war-ii", "philosophy", "fairy-tales", "romance", "self-help", "ghosts", "dragons", "pirates",
    "ancient-rome", "psychology", "mythology", "graphic-novels", "horses", "werewolves", "business",
    "serial-killers", "memoir", "feminism", "christianity", "physics", "parenting", "magic", "war",
    "survival", "economics", "biography", "angels", "aliens", "poetry", "cats", "dogs", "food",
)  # fmt: skip
LEAST_ON_A_SHELF: Final = 20  # readers, before a book counts as one of the shelf


@dataclass(frozen=True, slots=True)
class Fact:
    """A work of the catalogue and what it is called."""

    work_id: UUID
    goodreads_id: int
    title: str
    authors: tuple[str, ...]
    series: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """Some words, and the works that are right."""

    text: str
    right: Collection[UUID]


def from_titles(facts: Sequence[Fact], many: int, chance: random.Random) -> list[Question]:
    """The title: right is the work (or one of the very same title)."""
    by_title = _grouped((fold(fact.title), fact.work_id) for fact in facts)
    return [Question(fact.title, by_title[fold(fact.title)]) for fact in chance.sample(list(facts), many)]


def from_authors(facts: Sequence[Fact], many: int, chance: random.Random) -> list[Question]:
    """The first author's name: right is any work by that author."""
    by_author = _grouped((fold(name), fact.work_id) for fact in facts for name in fact.authors)
    names = sorted({fact.authors[0] for fact in facts if len(fact.authors[0]) > 1})
    return [Question(name, by_author[fold(name)]) for name in chance.sample(names, many)]


def from_series(facts: Sequence[Fact], many: int, chance: random.Random) -> list[Question]:
    """The series: right is any work of it."""
    by_series = _grouped((fold(fact.series), fact.work_id) for fact in facts if fact.series)
    names = sorted({fact.series for fact in facts if fact.series and fold(fact.series)})
    return [Question(name, by_series[fold(name)]) for name in chance.sample(names, many)]


def shelves(facts: Sequence[Fact], folder: Path) -> Mapping[str, Mapping[UUID, float]]:
    """For each shelf, how fitting each work is: the share of its readers' labels that are this one."""
    works = {fact.goodreads_id: fact.work_id for fact in facts}
    names = {row["tag_id"]: row["tag_name"] for row in _rows(folder / "tags.csv.gz")}
    on_shelf: dict[str, dict[UUID, float]] = {name: {} for name in SHELVES}
    labels: dict[UUID, int] = defaultdict(int)
    for row in _rows(folder / "book_tags.csv.gz"):
        work, count = works.get(int(row["goodreads_book_id"])), int(row["count"])
        if work is None or count < 0:
            continue
        labels[work] += count
        if names[row["tag_id"]] in on_shelf and count >= LEAST_ON_A_SHELF:
            on_shelf[names[row["tag_id"]]][work] = float(count)
    return {
        name.replace("-", " "): {work: count / labels[work] for work, count in found.items()}
        for name, found in on_shelf.items()
        if len(found) >= LEAST_ON_A_SHELF
    }


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with gzip.open(file, "rt", newline="") as text:
        yield from csv.DictReader(text)


def _grouped(pairs: Iterator[tuple[str, UUID]]) -> Mapping[str, set[UUID]]:
    found: dict[str, set[UUID]] = defaultdict(set)
    for key, work in pairs:
        found[key].add(work)
    return found
