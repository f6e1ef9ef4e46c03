"""What the documentation names is there, and what there is to set is documented."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from entrypoints.http.statuses import STATUS
from entrypoints.stack.secrets import SECRET_NAMES
from entrypoints.stack.temporal import SEARCH_ATTRIBUTES
from tests.architecture.source import ROOT

DOCS, DEPLOY = ROOT / "docs", ROOT / "deploy"
PAGES: Final = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md")), *sorted(DEPLOY.rglob("*.md"))]
SETTINGS: Final = "".join(file.read_text() for file in (ROOT / "entrypoints").glob("*settings.py"))
VARIABLE: Final = re.compile(r"OCTAVO_[A-Z][A-Z_]*[A-Z]")
KNOWN: Final = {*VARIABLE.findall(SETTINGS), *SECRET_NAMES, "OCTAVO_HOME"}
LINK: Final = re.compile(r"\]\(([^)\s]+)\)")
LARGEST_PICTURE: Final = 250 * 1024  # bytes; a page of documentation loads on a train


def _links(page: Path) -> Iterator[tuple[str, Path, str]]:
    for link in LINK.findall(page.read_text()):
        if "://" not in link:
            name, _, anchor = link.partition("#")
            yield link, (page.parent / name).resolve() if name else page, anchor


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_link_leads_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in PAGES
        for link, target, anchor in _links(page)
        if not target.exists() or (anchor and anchor not in _anchors(target))
    ]
    assert broken == []


def test_every_setting_is_documented_and_no_other() -> None:
    assert set(VARIABLE.findall((DOCS / "operators.md").read_text())) == KNOWN


def test_servers_are_told_only_what_can_be_set() -> None:
    told = "".join(file.read_text() for file in DEPLOY.rglob("*") if file.is_file())
    assert set(VARIABLE.findall(told)) <= KNOWN


def test_servers_know_what_orders_are_found_by() -> None:
    compose, page = (DEPLOY / "docker-compose.yml").read_text(), (DEPLOY / "README.md").read_text()
    for name, kind in SEARCH_ATTRIBUTES.items():
        assert f"--search-attribute={name}={kind}" in compose
        assert f"--name {name} --type {kind}" in page


def test_error_codes_named_in_the_api_are_real() -> None:
    named = re.findall(r"\b4\d\d `([a-z_]+)`", (DOCS / "api.md").read_text())
    assert set(named) - set(STATUS) == {"payment_declined"}  # the answer of an order, not an error of a rule


def test_pictures_are_used_and_light() -> None:
    text = "".join(page.read_text() for page in PAGES)
    pictures = list((DOCS / "images").iterdir())
    assert [p.name for p in pictures if p.name not in text or p.stat().st_size > LARGEST_PICTURE] == []
