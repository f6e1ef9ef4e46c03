"""One table from error codes to HTTP statuses that neither misses nor invents one; one family of errors."""

import ast
import builtins
from collections import Counter
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import pytest

from domain.shared.errors import DomainError
from entrypoints.http.errors import FRAMEWORK_CODES
from entrypoints.http.problem_pages import WORDS_WITHOUT_RULE, explanations
from entrypoints.http.statuses import STATUS
from tests.architecture.source import files, import_everything, offenders, tree

ENDS_OF_THE_WORLD = {
    "AssertionError",
    "NotImplementedError",
}  # for what types cannot rule out; never for rules


def _kinds(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for narrower in kind.__subclasses__():
        yield narrower
        yield from _kinds(narrower)


@pytest.fixture(scope="module")
def kinds() -> list[type[DomainError]]:
    import_everything("domain", "application")
    return [kind for kind in _kinds(DomainError) if kind.__module__.startswith(("domain.", "application."))]


def test_every_error_has_a_code_of_its_own(kinds: list[type[DomainError]]) -> None:
    assert [kind.__name__ for kind in kinds if "code" not in vars(kind)] == []
    assert [code for code, uses in Counter(kind.code for kind in kinds).items() if uses > 1] == []


def test_every_code_has_a_status_and_no_status_is_for_nothing(kinds: list[type[DomainError]]) -> None:
    assert {kind.code for kind in kinds} ^ STATUS.keys() == set()


def test_every_code_is_explained_in_words(kinds: list[type[DomainError]]) -> None:
    unexplained = [kind.code for kind in kinds if len(cleandoc(kind.__doc__ or "")) < 20]
    assert unexplained == []
    assert STATUS.keys() <= explanations().keys()
    assert set(FRAMEWORK_CODES.values()) <= WORDS_WITHOUT_RULE.keys()


def test_the_shop_s_codes_and_the_framework_s_do_not_collide() -> None:
    assert not STATUS.keys() & WORDS_WITHOUT_RULE.keys()


def test_the_core_raises_errors_of_its_own() -> None:
    foreign = {name for name in dir(builtins) if name.endswith(("Error", "Exception"))} - ENDS_OF_THE_WORLD

    def raised(path: Path) -> set[str]:
        raises = [node.exc for node in ast.walk(tree(path)) if isinstance(node, ast.Raise)]
        return {_name(error) for error in raises if error is not None} & foreign

    assert offenders(files("domain", "application"), raised) == []


def _name(raised: ast.expr) -> str:
    called = raised.func if isinstance(raised, ast.Call) else raised
    return called.id if isinstance(called, ast.Name) else ""
