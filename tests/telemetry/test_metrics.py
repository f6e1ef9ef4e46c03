"""Counts are added up over processes, and a new run starts from nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.telemetry.metrics import SHARED_FOLDER, PrometheusMeasurements, clear_shared_folder

PROCESS = """
from adapters.telemetry.metrics import PrometheusMeasurements
counts = PrometheusMeasurements()
counts.checkout_finished("confirmed")
counts.request_answered("GET", "/v1/books", 200, 0.004)
counts.outbox_waiting(3, 1.5)
print(counts.exposition().decode())
"""


def _run(folder: Path) -> str:
    environment = {**os.environ, SHARED_FOLDER: str(folder)}
    command = [sys.executable, "-c", PROCESS]
    return subprocess.run(  # noqa: S603 - a program of our own
        command, env=environment, capture_output=True, text=True, timeout=30, check=True
    ).stdout


def test_two_processes_are_added_up(tmp_path: Path) -> None:
    clear_shared_folder(tmp_path)
    _run(tmp_path)
    shown = _run(tmp_path)
    assert 'octavo_checkout_outcomes_total{outcome="confirmed"} 2.0' in shown
    assert 'octavo_http_requests_total{method="GET",route="/v1/books",status="200"} 2.0' in shown
    assert 'octavo_http_request_seconds_bucket{le="0.005",method="GET",route="/v1/books"} 2.0' in shown


def test_a_gauge_shows_the_newest_look(tmp_path: Path) -> None:
    clear_shared_folder(tmp_path)
    _run(tmp_path)
    assert "octavo_outbox_backlog 3.0" in _run(tmp_path)


def test_a_new_run_forgets_the_old_one(tmp_path: Path) -> None:
    clear_shared_folder(tmp_path)
    _run(tmp_path)
    clear_shared_folder(tmp_path)
    assert 'octavo_checkout_outcomes_total{outcome="confirmed"} 1.0' in _run(tmp_path)


def test_a_process_alone_counts_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SHARED_FOLDER, raising=False)
    counts = PrometheusMeasurements()
    counts.payment_finished("authorise", "declined")
    counts.cache_hit("process")
    counts.cache_missed("valkey")
    counts.reservation_failed()
    counts.request_turned_away()
    shown = counts.exposition().decode()
    assert 'octavo_payment_outcomes_total{operation="authorise",outcome="declined"} 1.0' in shown
    assert 'octavo_cache_hits_total{layer="process"} 1.0' in shown
    assert "octavo_reservation_failures_total 1.0" in shown


def test_a_breaker_is_as_bad_as_it_was_last_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SHARED_FOLDER, raising=False)
    counts = PrometheusMeasurements()
    counts.breaker_turned("engine", "open")
    counts.breaker_refused("engine")
    counts.breaker_turned("engine", "half_open")
    shown = counts.exposition().decode()
    assert 'octavo_breaker_state{breaker="engine"} 1.0' in shown
    assert 'octavo_breaker_turns_total{breaker="engine",state="open"} 1.0' in shown
    assert 'octavo_breaker_refusals_total{breaker="engine"} 1.0' in shown


def test_what_a_bookstore_does_is_counted_and_its_breaker_shown_as_it_was_last_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(SHARED_FOLDER, raising=False)
    counts = PrometheusMeasurements()
    counts.store_asked("harbour-books", "answered", 0.25)
    counts.store_asked("harbour-books", "busy", None)
    counts.store_turned("harbour-books", "open")
    counts.store_turned("harbour-books", "isolated")
    counts.store_spared("harbour-books")
    shown = counts.exposition().decode()
    assert 'octavo_store_outcomes_total{outcome="busy",store="harbour-books"} 1.0' in shown
    assert 'octavo_store_seconds_count{store="harbour-books"} 1.0' in shown
    assert 'octavo_store_state{store="harbour-books"} 3.0' in shown
    assert 'octavo_store_turns_total{state="open",store="harbour-books"} 1.0' in shown
    assert 'octavo_store_spared_total{store="harbour-books"} 1.0' in shown
