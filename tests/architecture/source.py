"""The shop's source as the tests read it."""

import ast
import importlib
import pkgutil
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
ROOMS: Final = ("domain", "application", "workflows", "adapters", "entrypoints")


def files(*rooms: str) -> list[Path]:
    """Every module of the rooms; migrations are not modules, they are history."""
    return [
        path
        for room in rooms
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts and "__pycache__" not in path.parts
    ]


@cache
def tree(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(), filename=str(path))


def imports(path: Path) -> Iterator[str]:
    """The names of the modules that the file imports."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def offenders(paths: Iterable[Path], found: Callable[[Path], Collection[object]]) -> list[str]:
    """The files in which something was found, and what: "domain/books/book.py: {'random'}"."""
    return [f"{path.relative_to(ROOT)}: {what}" for path in paths if (what := found(path))]


def import_everything(*rooms: str) -> None:
    """Load every module of the rooms, so that their classes are known."""
    for room in rooms:
        package = importlib.import_module(room)
        for module in pkgutil.walk_packages(package.__path__, f"{room}."):
            importlib.import_module(module.name)
