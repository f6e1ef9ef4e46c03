"""all-MiniLM-L6-v2 on this machine's own processor: no text leaves the shop.

The model's weights are 8-bit integers, its arithmetic is not: a vector has a cosine of at least 0.998 with
the full model's, and does not depend on what else is in the batch.
"""

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Final

import numpy as np
import onnxruntime  # type: ignore[import-untyped] # it ships no types
from numpy.typing import NDArray

from adapters.embeddings.wordpiece import WordPieces

MODEL: Final = "all-MiniLM-L6-v2-int8-8199be6f"  # with the beginning of the file's SHA-256
DIMENSIONS: Final = 384
LONGEST_TEXT: Final = 256  # word pieces; the rest is not read (the model's own limit)
# Word pieces at once, padding included: what the longest text has. More takes memory and saves no time.
PORTION: Final = LONGEST_TEXT
DECIMALS: Final = 6  # what 32 bits can tell; more digits would be noise, sent over every wire
_FATAL: Final = 4  # onnxruntime's highest level: it writes to standard error, past our logs

Numbers = list[int]
Vector = list[float]


class MiniLm:
    """The `Embedder` port. The model is loaded for the first text, in a fifth of a second."""

    model: Final = MODEL
    dimensions: Final = DIMENSIONS

    def __init__(self, path: Path, threads: int) -> None:
        """At most `threads` processors are kept busy, one portion of texts each."""
        self._path = path
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="embedding")
        self._loading = Lock()
        self._loaded: tuple[WordPieces, onnxruntime.InferenceSession] | None = None

    async def embed(self, texts: Sequence[str]) -> Sequence[Vector]:
        """In portions of texts of about the same length: padding is work for nothing."""
        if not texts:
            return []
        in_pool = asyncio.get_running_loop().run_in_executor
        read = await in_pool(self._pool, self._read, texts)
        portions = list(_portions(read))
        found = await asyncio.gather(
            *(in_pool(self._pool, self._vectors, [read[i] for i in portion]) for portion in portions)
        )
        vectors: dict[int, Vector] = {}
        for portion, rows in zip(portions, found, strict=True):
            vectors.update(zip(portion, rows, strict=True))
        return [vectors[i] for i in range(len(texts))]

    def _read(self, texts: Sequence[str]) -> list[Numbers]:
        pieces, _ = self._ready()
        return [pieces.numbers(text, LONGEST_TEXT) for text in texts]

    def _vectors(self, texts: Sequence[Numbers]) -> list[Vector]:
        _, session = self._ready()
        mask = np.zeros((len(texts), max(map(len, texts))), np.int64)
        pieces = np.zeros_like(mask)
        for row, numbers in enumerate(texts):
            mask[row, : len(numbers)] = 1
            pieces[row, : len(numbers)] = numbers
        given = {"input_ids": pieces, "attention_mask": mask, "token_type_ids": np.zeros_like(mask)}
        (states,) = session.run(None, given)
        vectors: list[Vector] = _pooled(states, mask).astype(np.float64).round(DECIMALS).tolist()
        return vectors

    def _ready(self) -> tuple[WordPieces, onnxruntime.InferenceSession]:
        with self._loading:
            if self._loaded is None:
                self._loaded = WordPieces(), _session(self._path)
            return self._loaded


def _portions(texts: Sequence[Numbers]) -> Iterator[list[int]]:
    """The places of texts that are embedded together, the shortest first."""
    portion: list[int] = []
    for place in sorted(range(len(texts)), key=lambda i: len(texts[i])):
        if portion and len(texts[place]) * (len(portion) + 1) > PORTION:
            yield portion
            portion = []
        portion.append(place)
    if portion:
        yield portion


def _pooled(states: NDArray[np.float32], mask: NDArray[np.int64]) -> NDArray[np.float32]:
    """The mean over a text's own pieces, of length 1."""
    weights = mask[..., None].astype(np.float32)
    mean = (states * weights).sum(axis=1) / weights.sum(axis=1)
    of_length_one: NDArray[np.float32] = mean / np.linalg.norm(mean, axis=1, keepdims=True)
    return of_length_one


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # the pool above has the threads; two of them share no portion
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it keeps the largest portion's memory for ever: 100 MB and more
    options.enable_mem_pattern = False
    options.log_severity_level = _FATAL
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
