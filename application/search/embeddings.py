"""What a text is about, as a point in space: near points mean alike."""

from collections.abc import Sequence
from typing import Protocol


class Embedder(Protocol):
    """Turns texts into vectors of length 1, so that the cosine of two is their product."""

    @property
    def model(self) -> str:
        """Name and version: vectors of different models cannot be compared."""
        ...

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        ...

    async def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """One vector for each text, in order; the same text always gets the same vector."""
        ...
