"""An answer in the room of its process."""

from dataclasses import dataclass
from typing import Final

from application.shared.answers import Answer
from application.shared.room import Room

MOST: Final = 20_000  # answers
BYTES: Final = 64 * 2**20  # of one process
OWN_SIZE: Final = 700  # bytes around a body: question, numbers, places in three tables
TAG_SIZE: Final = 120


@dataclass(slots=True, eq=False)
class Kept:
    """An answer with its times on the process's clock: `asked` when, to be renewed from `early` on, fresh
    `until`, of some use until `last`. `true_at` is the last moment at which nothing it speaks of had changed.
    """

    answer: Answer
    asked: float
    early: float
    until: float
    last: float
    true_at: int
    due: float = 0.0  # when the next visitor is sent to have it renewed
    failing: float = 0.0  # until then it is given because asking failed
    uses: int = 0

    def __post_init__(self) -> None:
        self.due = self.early

    @property
    def size(self) -> int:
        """In bytes, about."""
        return len(self.answer.body) + OWN_SIZE + TAG_SIZE * len(self.answer.tags)


def room_for_answers() -> Room[Kept]:
    """As much as a process may keep."""
    return Room(MOST, BYTES)
