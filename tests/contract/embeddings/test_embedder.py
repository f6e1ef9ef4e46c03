"""What every embedder does."""

import math
from collections.abc import Sequence
from operator import mul

import pytest

from application.search.embeddings import Embedder

TEXTS = (
    "The Hobbit by J. R. R. Tolkien. Fantasy, Fiction.",
    "Dune",
    "A Brief History of Time by Stephen Hawking. " + "Black holes and the beginning of everything. " * 40,
    "Les Misérables, Война и мир, 三体",
    "",
)


def likeness(one: Sequence[float], other: Sequence[float]) -> float:
    """The cosine of two vectors of length 1."""
    return sum(map(mul, one, other))


async def test_each_text_gets_one_vector_of_length_one(embedder: Embedder) -> None:
    vectors = await embedder.embed(TEXTS)
    assert [len(vector) for vector in vectors] == [embedder.dimensions] * len(TEXTS)
    assert [math.hypot(*vector) for vector in vectors] == pytest.approx([1.0] * len(TEXTS), abs=1e-4)


async def test_vectors_come_in_the_order_of_the_texts(embedder: Embedder) -> None:
    forth = await embedder.embed(TEXTS)
    back = await embedder.embed(TEXTS[::-1])
    for one, same in zip(forth, back[::-1], strict=True):
        assert one == pytest.approx(same, abs=1e-4)


async def test_a_text_has_the_same_vector_alone_and_among_others(embedder: Embedder) -> None:
    together = await embedder.embed(TEXTS)
    for text, vector in zip(TEXTS, together, strict=True):
        [alone] = await embedder.embed([text])
        assert alone == pytest.approx(vector, abs=1e-4)


async def test_nothing_asked_nothing_answered(embedder: Embedder) -> None:
    assert list(await embedder.embed([])) == []


async def test_what_is_too_long_is_read_from_its_beginning(embedder: Embedder) -> None:
    long = "wizards and dragons " * 200
    longer, other = await embedder.embed([f"{long} {'taxes ' * 500}", long])
    assert longer == pytest.approx(other, abs=1e-4)


async def test_texts_that_share_what_they_are_about_are_nearer(embedder: Embedder) -> None:
    asked, near, far = await embedder.embed(
        ["dragons and wizards", "A school for wizards, with dragons", "The tax law of France"]
    )
    assert likeness(asked, near) > likeness(asked, far) + 0.2


async def test_an_embedder_names_its_model(embedder: Embedder) -> None:
    assert embedder.model
    assert embedder.model.isprintable()
