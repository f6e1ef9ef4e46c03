"""What goes into a suspicion and what comes out. Ids and amounts only."""

from dataclasses import dataclass


def workflow_id(suspicion_id: object) -> str:
    """One process a suspicion, for ever."""
    return f"suspicion-{suspicion_id}"


@dataclass(frozen=True)
class Suspicion:
    """The input. `words` say to staff what is suspected."""

    suspicion_id: str
    words: str


@dataclass(frozen=True)
class Word:
    """Somebody of staff decides: `by` is their user id, and kept beside the price."""

    by: str


@dataclass(frozen=True)
class Decision:
    """Write down what staff says."""

    suspicion_id: str
    by: str
    believed: bool


@dataclass(frozen=True)
class SuspicionResult:
    """What became of it: confirmed, gone, approved or rejected."""

    standing: str
