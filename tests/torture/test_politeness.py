"""Three processes call stores as fast as they may; their own ledgers say whether that was too fast."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.torture.politeness.scene import Scene, scene
from tests.torture.politeness.stores import NAIVE
from tests.torture.politeness.verdict import judged, mean_use

STORES = 12  # of each kind
WELL, AFTER = 1.2, 1.3  # seconds with Valkey, before and after its death


@pytest.fixture
def stage(stack_home: Path) -> Iterator[Scene]:
    home = stack_home / "polite"
    home.mkdir()
    with scene(home) as opened:
        opened.age_valkey(STORES)
        yield opened


@pytest.mark.torture
def test_no_store_is_asked_too_often_though_valkey_dies_and_a_plain_limiter_does_ask_too_often(
    stage: Scene,
) -> None:
    receiver = stage.open_stores("stores")
    stage.send_out(receiver, STORES, "both")
    began = time.monotonic()
    time.sleep(WELL)
    stage.kill_valkey()
    dark = time.monotonic()
    stage.start_valkey()
    light = time.monotonic()
    time.sleep(AFTER)
    arrivals, _ = stage.ledger(receiver)
    stores = judged(arrivals, [(began, dark)])
    ours = [store for store in stores if store.number < NAIVE]
    plain = [store for store in stores if store.number >= NAIVE]
    assert stage.dead() == []
    assert [store for store in ours if store.was_asked_too_often] == []
    assert len(ours) == STORES
    assert mean_use(ours) >= 0.8
    assert any(at > light for store in ours for at in arrivals[str(store.number)])  # it goes on
    assert [store for store in plain if store.was_asked_too_often] != []
