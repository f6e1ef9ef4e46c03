"""What goes into the process that keeps a store's prices fresh, and what it can be told. Names and numbers
only.
"""

from dataclasses import dataclass
from typing import Final

from application.prices.refreshing.batch import Batch

# A queue of its own: a batch takes a place in its worker for minutes, and checkouts must not wait for one.
TASK_QUEUE: Final = "refresh"
PREFIX: Final = "refresh-"
# Why a message is not taken, by the codes of the core.
NOTHING_TO_RESUME: Final = "nothing_to_resume"
STOPPED_ALREADY: Final = "refreshing_stopped_already"


def workflow_id(store: str) -> str:
    """One process a store, as long as it is described."""
    return f"{PREFIX}{store}"


@dataclass(frozen=True)
class Stop:
    """Somebody wants the store left alone: `note` says why. `at_once`: in the middle of a batch."""

    note: str
    at_once: bool


@dataclass(frozen=True)
class RefreshInput:
    """The input; a run that goes on as a new one hands over what it knows."""

    store: str
    stop: Stop | None = None
    last: Batch | None = None


@dataclass(frozen=True)
class Note:
    """What an operator has to say."""

    note: str


@dataclass(frozen=True)
class BatchOrder:
    """Keep the prices of a store fresh for so many seconds. `readmit`: a person has looked why it refused."""

    store: str
    seconds: float
    readmit: bool


@dataclass(frozen=True)
class Standing:
    """How it stands: in a word, in a sentence, and the last batch."""

    state: str
    words: str
    batch: Batch | None
