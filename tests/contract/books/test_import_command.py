"""`octavo import` as scripts and operators use it."""

import base64
import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine

from adapters.postgres.tables import metadata
from domain.shared.isbn import isbn13_check_digit

HEADER = "title,authors,isbn,format,price,stock"
PATIENCE = 60.0  # seconds; far more than it takes, and less than forever


def _key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


class Command:
    """The command, told of one database."""

    def __init__(self, database_url: str, home: Path) -> None:
        self.database_url = database_url
        self.environment = os.environ | {
            "OCTAVO_HOME": str(home),
            "OCTAVO_DATABASE_URL": database_url,
            "OCTAVO_REDIS_URL": "redis://127.0.0.1:1",
            "OCTAVO_TEMPORAL_ADDRESS": "127.0.0.1:1",
            "OCTAVO_PAYMENTS_API_KEY": "key",
            "OCTAVO_PAYMENTS_WEBHOOK_SECRET": "secret",
            "OCTAVO_CARRIER_API_KEY": "key",
            "OCTAVO_CARRIER_WEBHOOK_SECRET": "secret",
            "OCTAVO_BOOKSTORES_API_KEY": "key",
            "OCTAVO_SEARCH_ENGINE": "postgres",
            "OCTAVO_BOOK_SOURCES": "none",
            "OCTAVO_ENCRYPTION_KEYS": f"1:{_key()}",
            "OCTAVO_BLIND_INDEX_KEY": _key(),
            "OCTAVO_TOKEN_SIGNING_KEY": _key(),
            "OCTAVO_COOKIE_KEY": _key(),
        }

    def start(self, *words: object) -> subprocess.Popen[str]:
        return subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "entrypoints.cli", *map(str, words)],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: object) -> tuple[int, str, str]:
        process = self.start(*words)
        out, err = process.communicate(timeout=PATIENCE)
        return process.returncode, out, err

    def books(self) -> int:
        with psycopg.connect(self.database_url) as connection:
            row = connection.execute("SELECT count(*) FROM books").fetchone()
        assert row is not None
        return int(row[0])


@pytest.fixture
def octavo(make_database: Callable[[], str], tmp_path: Path) -> Command:
    url = make_database()
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    metadata.create_all(engine)
    engine.dispose()
    return Command(url, tmp_path / "home")


def a_line(number: int) -> str:
    stem = f"978{number:09d}"
    return f"Book {number},Jane Austen,{stem}{isbn13_check_digit(stem)},paperback,9.99,3"


def a_file(folder: Path, *lines: str) -> Path:
    path = folder / "books.csv"
    path.write_text("\n".join((HEADER, *lines)))
    return path


def test_exit_codes_tell_scripts_what_became_of_the_rows(octavo: Command, tmp_path: Path) -> None:
    good = a_file(tmp_path, a_line(1), a_line(2))
    code, out, _ = octavo.run("import", good)
    assert (code, out.strip()) == (0, "2 rows: 2 added, 0 changed, 0 unchanged, 0 rejected.")
    assert not (tmp_path / "books.csv.rejects.csv").exists()
    bad = a_file(tmp_path, a_line(1), a_line(2).replace("9.99", "free"))
    code, out, _ = octavo.run("import", bad, "--dry-run", "--rejects", tmp_path / "bad.csv")
    assert code == 3
    assert out.startswith("2 rows: 0 would be added, 0 would be changed, 1 unchanged, 1 rejected.")
    assert (tmp_path / "bad.csv").read_text().startswith("line,reason,title,authors")
    code, _, err = octavo.run("import", tmp_path / "nothing.csv")
    assert code == 2
    assert err.startswith("octavo: ")


def test_a_killed_import_goes_on_where_it_stopped(octavo: Command, tmp_path: Path) -> None:
    path = a_file(tmp_path, *(a_line(n) for n in range(1, 12_001)), "broken")
    process = octavo.start("import", path)
    deadline = time.monotonic() + PATIENCE
    while octavo.books() == 0 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=PATIENCE)
    assert 0 < octavo.books() < 12_000
    code, out, _ = octavo.run("import", path)
    assert code == 3
    assert out.startswith("12,001 rows: 12,000 added, 0 changed, 0 unchanged, 1 rejected.")
    assert octavo.books() == 12_000


def test_books_are_made_up_by_one_command(octavo: Command) -> None:
    code, out, err = octavo.run("generate", "--books", 300, "--seed", 3)
    assert (code, out.strip()) == (0, "300 books added, 0 changed, 0 unchanged."), err
    assert octavo.books() == 300


def test_a_new_shop_is_filled_by_one_command(octavo: Command) -> None:
    code, out, err = octavo.run("fill")
    assert code == 0, err
    assert out.startswith("Filled the shop with 2,")


def test_a_dump_is_named_by_its_editions_and_leaves_no_index(octavo: Command, tmp_path: Path) -> None:
    stem = f"978{7:09d}"
    records = {
        "author": {"key": "/authors/OL1A", "name": "Jane Austen"},
        "work": {"key": "/works/OL1W", "title": "Emma", "authors": [{"author": {"key": "/authors/OL1A"}}]},
        "edition": {"key": "/books/OL1M", "works": [{"key": "/works/OL1W"}]},
    }
    records["edition"]["isbn_13"] = [stem + isbn13_check_digit(stem)]
    for kind, record in records.items():
        line = f"/type/{kind}\t{record['key']}\t1\t2026-01-01T00:00:00\t{json.dumps(record)}\n"
        (tmp_path / f"ol_dump_{kind}s_2026-01-31.txt.gz").write_bytes(gzip.compress(line.encode()))
    code, out, err = octavo.run("import", tmp_path / "ol_dump_editions_2026-01-31.txt.gz")
    assert (code, out.strip()) == (0, "1 rows: 1 added, 0 changed, 0 unchanged, 0 rejected."), err
    assert sorted(file.suffix for file in tmp_path.iterdir() if file.is_file()) == [".gz", ".gz", ".gz"]
    code, _, err = octavo.run("import", tmp_path / "ol_dump_works_2026-01-31.txt.gz")
    assert (code, "name the file of the editions" in err) == (2, True)
