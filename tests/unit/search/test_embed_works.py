"""Works are embedded once for each text they have."""

from collections.abc import Sequence
from uuid import UUID

import pytest

from application.search import embed_works as room
from application.search.embed_works import EmbedTally, EmbedWorks
from application.search.work_embeddings import Standing
from domain.shared.ids import WorkId
from tests.fakes.embeddings import BagOfWordsEmbedder, InMemoryWorkEmbeddings
from tests.fakes.time import StandingClock


class CountingEmbedder(BagOfWordsEmbedder):
    """Remembers what it was asked, and dies after some texts."""

    def __init__(self, model: str = "bag-of-words-1", dies_after: int = 1_000) -> None:
        self.model = model  # type: ignore[misc] # the port's property, here one that tests choose
        self.asked: list[str] = []
        self._dies_after = dies_after

    async def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        if len(self.asked) >= self._dies_after:
            raise KeyboardInterrupt
        self.asked += texts
        return await super().embed(texts)


def work(number: int) -> WorkId:
    return WorkId(UUID(int=number))


def shop(works: int) -> InMemoryWorkEmbeddings:
    embeddings = InMemoryWorkEmbeddings()
    for number in range(works):
        embeddings.tell(work(number), f"Work number {number}")
    return embeddings


async def embed(embeddings: InMemoryWorkEmbeddings, embedder: CountingEmbedder) -> EmbedTally:
    return await EmbedWorks(embedder, embeddings, StandingClock())()


async def test_every_work_gets_its_embedding() -> None:
    embeddings, embedder = shop(3), CountingEmbedder()
    assert await embed(embeddings, embedder) == EmbedTally(looked_at=3, embedded=3)
    [vector] = await embedder.embed(["Work number 1"])
    assert embeddings.vectors[work(1)] == vector
    assert await embeddings.standing(embedder.model) == Standing(works=3, embedded=3)


async def test_doing_it_again_asks_the_model_nothing() -> None:
    embeddings, embedder = shop(3), CountingEmbedder()
    await embed(embeddings, embedder)
    assert await embed(embeddings, embedder) == EmbedTally()
    assert len(embedder.asked) == 3


async def test_only_another_text_is_embedded_anew() -> None:
    embeddings, embedder = shop(3), CountingEmbedder()
    await embed(embeddings, embedder)
    embeddings.tell(work(0), "Work number 0")  # its price moved
    embeddings.tell(work(1), "A better title")
    assert await embed(embeddings, embedder) == EmbedTally(looked_at=2, embedded=1)
    assert embedder.asked[3:] == ["A better title"]


async def test_the_index_hears_of_new_embeddings_alone() -> None:
    embeddings, embedder = shop(2), CountingEmbedder()
    await embed(embeddings, embedder)
    embeddings.waiting.clear()
    embeddings.tell(work(0), "Work number 0")
    embeddings.tell(work(1), "A better title")
    await embed(embeddings, embedder)
    assert embeddings.waiting == {work(1)}


async def test_another_model_embeds_everything_anew() -> None:
    embeddings = shop(3)
    await embed(embeddings, CountingEmbedder())
    assert await embed(embeddings, CountingEmbedder("another")) == EmbedTally(looked_at=3, embedded=3)


async def test_after_a_kill_it_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "AT_ONCE", 2)
    embeddings, dying, next_one = shop(5), CountingEmbedder(dies_after=2), CountingEmbedder()
    with pytest.raises(KeyboardInterrupt):
        await embed(embeddings, dying)
    assert await embed(embeddings, next_one) == EmbedTally(looked_at=3, embedded=3)
    assert set(next_one.asked).isdisjoint(dying.asked)


async def test_progress_is_told_after_every_portion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "AT_ONCE", 2)
    seen: list[int] = []
    use_case = EmbedWorks(CountingEmbedder(), shop(5), StandingClock())
    await use_case(watch=lambda tally: seen.append(tally.looked_at))
    assert seen == [2, 4, 5]
