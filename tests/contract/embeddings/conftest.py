"""Embedders: the model on this machine, and the one that knows words only."""

import pytest

from adapters.embeddings.choice import local_embedder
from application.search.embeddings import Embedder
from tests.fakes.embeddings import BagOfWordsEmbedder


@pytest.fixture(scope="session")
def minilm() -> Embedder:
    """Loaded once for the run."""
    embedder = local_embedder(threads=2)
    if embedder is None:
        pytest.skip("octavo[semantic] is not installed")
    return embedder


@pytest.fixture(params=["bag_of_words", "minilm"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    """Each of them in turn."""
    if request.param == "bag_of_words":
        return BagOfWordsEmbedder()
    found: Embedder = request.getfixturevalue("minilm")
    return found
