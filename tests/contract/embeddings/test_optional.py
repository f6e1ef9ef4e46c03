"""A shop without `octavo[semantic]` is a whole shop."""

import sys
from importlib.util import find_spec

import pytest
from structlog.testing import capture_logs

from adapters.embeddings import choice
from adapters.embeddings.choice import local_embedder

NEEDED = ("numpy", "onnxruntime", choice.MODEL_PACKAGE)


@pytest.mark.parametrize("missing", NEEDED)
def test_without_one_of_its_packages_there_is_no_embedder(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "adapters.embeddings.minilm", raising=False)
    monkeypatch.setitem(sys.modules, missing, None)  # as if it were not installed
    monkeypatch.setattr(choice, "find_spec", lambda name: None if name == missing else find_spec(name))
    with capture_logs() as logs:
        assert local_embedder(threads=1) is None
    [line] = logs
    assert line["event"] == "semantic_search_absent"
    assert missing in line["reason"]


def test_another_model_under_the_same_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "MODEL_SHA256", "0" * 64)
    with capture_logs() as logs:
        assert local_embedder(threads=1) is None
    assert [line["event"] for line in logs] == ["semantic_search_absent"]


def test_an_operator_can_do_without(monkeypatch: pytest.MonkeyPatch) -> None:
    with capture_logs() as logs:
        assert local_embedder(threads=0) is None
    assert logs == []
