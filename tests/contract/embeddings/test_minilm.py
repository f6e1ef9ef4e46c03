"""What the model on this machine understands, held against what its makers published."""

import asyncio

import pytest

from application.search.embeddings import Embedder
from tests.contract.embeddings.test_embedder import likeness

# https://www.sbert.net/docs/quickstart.html: the full model's answers.
SAID = ("The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium.")
PUBLISHED = {(0, 1): 0.6660, (0, 2): 0.1046, (1, 2): 0.1411}
ROUNDED_WEIGHTS = 0.015  # of 8 bits each


async def test_likenesses_are_those_that_were_published(minilm: Embedder) -> None:
    vectors = await minilm.embed(SAID)
    found = {(i, j): likeness(vectors[i], vectors[j]) for i, j in PUBLISHED}
    assert found == pytest.approx(PUBLISHED, abs=ROUNDED_WEIGHTS)


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("a boy at a school for magic", "Harry Potter and the Sorcerer's Stone by J. K. Rowling. Fantasy."),
        ("how to influence people", "How to Win Friends and Influence by Dale Carnegie. Self-Help."),
        ("sand planet", "Dune by Frank Herbert. Science Fiction. A desert world and its spice."),
        ("love and manners in the countryside", "Pride and Prejudice by Jane Austen. Romance."),
    ],
)
async def test_a_book_is_found_by_what_it_is_about(minilm: Embedder, asked: str, title: str) -> None:
    shelf = [
        "Harry Potter and the Sorcerer's Stone by J. K. Rowling. Fantasy.",
        "How to Win Friends and Influence by Dale Carnegie. Self-Help.",
        "Dune by Frank Herbert. Science Fiction. A desert world and its spice.",
        "Pride and Prejudice by Jane Austen. Romance.",
        "The Joy of Cooking by Irma Rombauer. Cookbooks.",
    ]
    question, *books = await minilm.embed([asked, *shelf])
    assert max(zip(shelf, books, strict=True), key=lambda book: likeness(question, book[1]))[0] == title


async def test_case_and_accents_do_not_matter(minilm: Embedder) -> None:
    one, other = await minilm.embed(["LES MISÉRABLES", "les miserables"])
    assert one == pytest.approx(other, abs=1e-4)


async def test_the_loop_goes_on_while_the_model_thinks(minilm: Embedder) -> None:
    thinking = asyncio.ensure_future(minilm.embed(["A long and winding tale of the sea. " * 40] * 4))
    turns = 0
    while not thinking.done():
        turns += 1
        await asyncio.sleep(0.001)
    assert turns > 1
