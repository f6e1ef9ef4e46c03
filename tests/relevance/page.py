"""What was measured, as a page of the documentation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import mean, median
from typing import Final

from entrypoints.stack.shop import ROOT
from tests.relevance.measures import KnownItem

PAGE: Final = ROOT / "docs" / "relevance.md"
WANTED: Final = {0: 0.95, 1: 0.85}  # success@5 by the number of typing errors
_HEAD: Final = """# How well it finds

Written by `python -m tests.relevance FOLDER`, which takes goodbooks-10k (Zygmunt Zając, CC BY-SA 4.0) from a
folder of yours into a shop of its own and asks it what readers ask: {works:,} real works, of which nothing is
known but title, authors, series, year and language. Nobody's clicks or sales help: every work is equally
popular. Seed {seed}.
"""
_KNOWN: Final = """{questions:,} questions of each kind. *Title*: right is that work (or one of the same
title). *Author*, *series*: right is any work by the author, or of the series. An error is a letter left out,
two swapped, or the key beside it, in a word of four letters or more; accents are left out as well.
"""
_SHELVES: Final = """The names of readers' shelves as questions; how fitting a work is, is the share of
its readers' labels that name this shelf. The shop itself knows no shelves. nDCG@10:
"""
_ERRORS: Final = {0: "clean", 1: "one error", 2: "two errors"}


@dataclass(kw_only=True)
class Measured:
    """Everything on the page."""

    works: int
    questions: int
    seed: int
    mean_length: float = 0.0  # characters of a title that was typed
    known: dict[tuple[str, str, int], KnownItem] = field(default_factory=dict)  # searcher, kind, errors
    typed: dict[str, Sequence[int]] = field(default_factory=dict)  # engine: characters for each title
    shelves: dict[str, Mapping[str, float]] = field(default_factory=dict)  # searcher: nDCG of each shelf


def write(measured: Measured) -> None:
    """Keep it."""
    PAGE.write_text("\n".join([_head(measured), _known(measured), _typed(measured), _shelves(measured)]))


def _head(measured: Measured) -> str:
    return _HEAD.format(works=measured.works, seed=measured.seed)


def _known(measured: Measured) -> str:
    rows = [
        "## Known items\n",
        _KNOWN.format(questions=measured.questions),
        "| asked | errors | search | first | first five | MRR | wanted of the first five |",
        "|---|---|---|--:|--:|--:|---|",
    ]
    for (searcher, kind, errors), found in measured.known.items():
        wanted = WANTED.get(errors)
        verdict = (
            "" if wanted is None else f"{wanted}: {'met' if found.success_5 >= wanted else '**missed**'}"
        )
        rows.append(
            f"| {kind} | {_ERRORS[errors]} | {searcher} | {found.success_1:.3f} | {found.success_5:.3f} |"
            f" {found.mrr:.3f} | {verdict} |"
        )
    return "\n".join([*rows, ""])


def _typed(measured: Measured) -> str:
    rows = [
        "## Suggestions\n",
        "How many characters of a title are typed until its work is among the first five suggestions:\n",
        "| engine | mean | median | mean share of the title |",
        "|---|--:|--:|--:|",
    ]
    for engine, typed in measured.typed.items():
        share = mean(typed) / measured.mean_length if measured.mean_length else 0.0
        rows.append(f"| {engine} | {mean(typed):.1f} | {median(typed):.0f} | {share:.2f} |")
    return "\n".join([*rows, ""])


def _shelves(measured: Measured) -> str:
    if not measured.shelves:
        return ""
    searchers = list(measured.shelves)
    names = list(measured.shelves[searchers[0]])
    rows = [
        "## What a book is about\n",
        _SHELVES,
        f"| search | mean of {len(names)} shelves |",
        "|---|--:|",
        *(f"| {searcher} | {mean(found.values()):.3f} |" for searcher, found in measured.shelves.items()),
        "",
        f"| shelf | {' | '.join(searchers)} |",
        f"|---|{'--:|' * len(searchers)}",
        *(
            f"| {name} | {' | '.join(f'{measured.shelves[searcher][name]:.2f}' for searcher in searchers)} |"
            for name in names
        ),
    ]
    return "\n".join([*rows, ""])
