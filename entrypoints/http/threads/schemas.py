"""What travels in bodies under /v1/threads."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from application.threads.write_post import Place
from domain.meetings.progress import LONGEST, Unit
from domain.shared.errors import InvalidInput
from domain.threads.post import LONGEST_TEXT, HidingReason
from domain.threads.thread import LONGEST_TITLE

Number = Annotated[int, Meta(ge=0, le=LONGEST)]
Title = Annotated[str, Meta(description=f"One line of up to {LONGEST_TITLE} characters.")]
Text = Annotated[
    str, Meta(description=f"Plain text of up to {LONGEST_TEXT} characters; escape it to show it.")
]


class NewThread(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to talk about in which club. With a meeting, its posts are locked by progress in that work."""

    club_id: UUID
    title: Title
    meeting_id: UUID | None = None


class PostBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to say, and up to where in the work it gives something away: in percent, or by page, chapter or
    seconds of `of`, which may be left out where you have told your progress in the same unit.
    """

    text: Text
    percent: Number | None = None
    page: Number | None = None
    chapter: Number | None = None
    seconds: Number | None = None
    of: Number | None = None

    def place(self) -> Place | None:
        """From the wire; raises `InvalidInput` where there are several."""
        told = {unit: number for unit in Unit if (number := getattr(self, unit.value)) is not None}
        if not told:
            return None
        if len(told) > 1:
            raise InvalidInput(max(told).value, f"Name one of {', '.join(unit.value for unit in Unit)}.")
        [(unit, number)] = told.items()
        return Place(unit, number, self.of)


class Hiding(Struct, frozen=True, forbid_unknown_fields=True):
    """What is wrong with it; its author is told."""

    reason: HidingReason
