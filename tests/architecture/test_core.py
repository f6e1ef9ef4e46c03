"""The core knows the standard library only, and neither the time nor chance."""

import ast
import sys
from pathlib import Path
from typing import Final

from tests.architecture.source import files, imports, offenders, tree

# What would make the same call give two answers. `now` and ids are arguments.
AMBIENT_MODULES: Final = frozenset(
    {"random", "secrets", "time", "socket", "os", "subprocess", "pathlib", "io", "threading", "asyncio"}
)
AMBIENT_CALLS: Final = frozenset(
    {"now", "utcnow", "today", "uuid1", "uuid4", "uuid7", "open", "print", "input", "getenv"}
)
ALLOWED_ROOTS: Final = frozenset({"domain", "application"}) | sys.stdlib_module_names


def _roots(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imports(path)}


def _called(path: Path) -> set[str]:
    return {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
    }


def test_the_core_imports_the_standard_library_only() -> None:
    core = files("domain", "application")
    assert offenders(core, lambda path: _roots(path) - ALLOWED_ROOTS) == []


def test_the_domain_asks_neither_clock_nor_chance_nor_the_machine() -> None:
    assert offenders(files("domain"), lambda path: _roots(path) & AMBIENT_MODULES) == []
    # A vault opens what it sealed: that is a port's verb, not a file.
    assert offenders(files("domain"), lambda path: _called(path) & AMBIENT_CALLS) == []


def test_the_domain_awaits_nothing() -> None:
    # Ports may be asynchronous; rules are not: a rule that waits depends on something outside.
    def waits(path: Path) -> list[int]:
        return [node.lineno for node in ast.walk(tree(path)) if isinstance(node, ast.Await | ast.AsyncWith)]

    assert offenders(files("domain"), waits) == []


def test_there_is_no_float_in_the_domain_but_in_estimates() -> None:
    def floats(path: Path) -> list[int]:
        return [
            node.lineno
            for node in ast.walk(tree(path))
            if (isinstance(node, ast.Name) and node.id == "float")
            or (isinstance(node, ast.Constant) and isinstance(node.value, float))
            or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div))
        ]

    # Probabilities and rates are estimated with floats, in rooms of that name; amounts are whole numbers.
    exact = [path for path in files("domain") if "estimates" not in path.parts]
    assert offenders(exact, floats) == []
