"""One thought a file, one step a function; nothing half done, nothing swallowed."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles
from typing import Final

from tests.architecture.source import ROOMS, files, offenders, tree

LONGEST_FILE: Final = 250  # lines
LONGEST_FUNCTION: Final = 40  # lines, with its docstring
NINE_IN_TEN: Final = 160  # lines: nine files in ten are shorter
HALF_DONE: Final = ("TODO", "FIXME", "XXX", "NotImplementedError")
ALL: Final = files(*ROOMS)


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines()


def test_no_file_holds_a_second_subject() -> None:
    assert offenders(ALL, lambda path: [n] if (n := len(_lines(path))) > LONGEST_FILE else []) == []


def test_nine_files_in_ten_are_short() -> None:
    assert quantiles([len(_lines(path)) for path in ALL], n=10)[-1] <= NINE_IN_TEN


def test_no_function_is_longer_than_a_screen() -> None:
    def long(path: Path) -> list[str]:
        return [
            node.name
            for node in ast.walk(tree(path))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and (node.end_lineno or node.lineno) - node.lineno >= LONGEST_FUNCTION
        ]

    assert offenders(ALL, long) == []


def test_nothing_is_half_done() -> None:
    assert offenders(ALL, lambda path: [word for word in HALF_DONE if word in path.read_text()]) == []


def test_no_error_is_swallowed_without_a_word() -> None:
    def silent(path: Path) -> list[int]:
        return [
            node.lineno
            for node in ast.walk(tree(path))
            if isinstance(node, ast.ExceptHandler)
            and (node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"})
            and all(isinstance(step, ast.Pass | ast.Continue) for step in node.body)
        ]

    assert offenders(ALL, silent) == []


def test_every_exception_to_a_lint_rule_has_its_reason() -> None:
    def unexplained(path: Path) -> Iterator[int]:
        for number, line in enumerate(_lines(path), start=1):
            _, noqa, after = line.partition("# noqa")
            if noqa and " - " not in after:
                yield number
            _, ignored, after = line.partition("# type: ignore")
            if ignored and "#" not in after:
                yield number

    assert offenders(ALL, lambda path: list(unexplained(path))) == []
