"""What visitors type: titles, authors and series that the shop has, as they type them."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Final
from urllib.parse import quote

import psycopg

from domain.search.text import LONGEST_QUERY
from tests.relevance.mistakes import mistyped

MANY: Final = 10_000  # different questions; the same number at every size of catalogue
ROUNDS: Final = 3  # as many tries: the same is typed for several works
SEED: Final = 1  # the same visitors in every run
# Of a hundred questions, so many are for a title, …
KINDS: Final = {"title": 45, "unfinished": 20, "author": 15, "series": 10, "mistyped": 10}
LEAST_OF_A_WORD: Final = 3  # letters of the last word of a question: with fewer, nobody presses Enter
TYPED: Final = range(2, 13)  # characters of an unfinished word or title, from which suggestions are asked for
_KNOWN: Final = """
SELECT w.title, w.series_name,
       (SELECT name FROM work_authors a WHERE a.work_id = w.id ORDER BY position LIMIT 1) AS author
FROM works w JOIN (
    SELECT work_id, sum(sold) AS sold FROM books WHERE withdrawn_at IS NULL GROUP BY work_id
    ORDER BY sold DESC, work_id LIMIT %(many)s
) p ON p.work_id = w.id ORDER BY p.sold DESC, w.id
"""


@dataclass(frozen=True, slots=True)
class Known:
    """A work somebody looks for."""

    title: str
    series: str | None
    author: str


def known_works(url: str, many: int = MANY) -> list[Known]:
    """Those that sell best, the best first."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(_KNOWN.encode(), {"many": many}).fetchall()
    return [Known(title, series, author) for title, series, author in rows]


def questions(known: Sequence[Known], many: int = MANY) -> list[str]:
    """So many different ones; those for what sells best come first."""
    chance, asked = random.Random(SEED), dict[str, None]()
    kinds, weights = list(KINDS), list(KINDS.values())
    for work in islice(cycle(known), ROUNDS * many):
        kind = chance.choices(kinds, weights)[0]
        asked[_typed(work, kind, chance)[:LONGEST_QUERY].strip()] = None
    return list(asked)[:many]


def beginnings(known: Sequence[Known], many: int = MANY) -> list[str]:
    """What stands in the box while a title or a name is typed."""
    chance, asked = random.Random(SEED), dict[str, None]()
    for work in islice(cycle(known), ROUNDS * many):
        text = work.title if chance.random() < 2 / 3 else work.author
        asked[text[: chance.choice(TYPED)]] = None
    return list(asked)[:many]


def zipf(requests: Sequence[bytes], many: int = 50_000) -> Callable[[], bytes]:
    """The first is asked for twice as often as the second, three times as often as the third …"""
    weights = [1 / rank for rank in range(1, len(requests) + 1)]
    return cycle(random.Random(SEED).choices(requests, weights, k=many)).__next__


def in_turn(requests: Sequence[bytes]) -> Callable[[], bytes]:
    """Each as often as any other, popular or not."""
    shuffled = list(requests)
    random.Random(SEED).shuffle(shuffled)
    return cycle(shuffled).__next__


def search_path(question: str, more: str = "") -> str:
    """Its address."""
    return f"/v1/search?q={quote(question)}{more}"


def suggest_path(typed: str) -> str:
    """Its address."""
    return f"/v1/search/suggest?q={quote(typed)}"


def _typed(work: Known, kind: str, chance: random.Random) -> str:
    if kind == "author":
        return work.author
    if kind == "series" and work.series:
        return work.series
    if kind == "mistyped":
        return mistyped(work.title, 1, chance)
    return _cut(work.title, chance) if kind == "unfinished" else work.title


def _cut(title: str, chance: random.Random) -> str:
    """In the middle of its last word, or of one before."""
    words = title.split(" ")
    long = [place for place, word in enumerate(words) if len(word) > LEAST_OF_A_WORD]
    if not long:
        return title
    last = chance.choice(long)
    return " ".join([*words[:last], words[last][: chance.randint(LEAST_OF_A_WORD, len(words[last]) - 1)]])
