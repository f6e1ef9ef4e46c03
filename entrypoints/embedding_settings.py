"""How much of this machine may go into understanding what texts are about."""

from dataclasses import dataclass
from typing import Final

from entrypoints.environment import Environment

MOST_THREADS: Final = 64


@dataclass(frozen=True, kw_only=True)
class Embeddings:
    """The model on this machine, where `octavo[semantic]` is installed."""

    threads: int  # OCTAVO_EMBEDDING_THREADS: processors it may keep busy in each process; 0: do without


def embeddings(env: Environment) -> Embeddings:
    """From the environment."""
    return Embeddings(threads=env.number("OCTAVO_EMBEDDING_THREADS", 2, least=0, most=MOST_THREADS))
