"""What questions are about; those asked lately are not worked out again."""

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

from application.search.embeddings import Embedder
from domain.search.text import SearchText

# 1.5 KB each. The next page, another order, one filter more: the same words are asked for several times.
REMEMBERED: Final = 4_000


class Meanings:
    """Vectors of questions."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._remembered: OrderedDict[str, Sequence[float]] = OrderedDict()

    async def of(self, text: SearchText) -> Sequence[float]:
        """As the embedder tells."""
        question = str(text)
        known = self._remembered.get(question)
        if known is None:
            [vector] = await self._embedder.embed([question])
            known = self._remembered[question] = array("f", vector)
        self._remembered.move_to_end(question)
        if len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)
        return known
