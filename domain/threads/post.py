"""A post: what one member says, and how far one must have read to hear it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Self

from domain.shared.errors import InvalidInput, StaleVersion
from domain.shared.ids import PostId, ThreadId, UserId
from domain.shared.wording import paragraphs
from domain.threads.errors import NotYourPost, PostIsHidden, PostNotFound

LONGEST_TEXT: Final = 5_000  # two printed pages; whoever has more to say writes an essay
WHOLE: Final = 1_000_000  # parts of a work, as progress is measured


class PostState(StrEnum):
    """`hidden` by a host, `withdrawn` by its author."""

    STANDING = "standing"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


class HidingReason(StrEnum):
    """What a host finds wrong with it."""

    SPOILER = "spoiler"
    OFFENSIVE = "offensive"
    OFF_TOPIC = "off_topic"
    PERSONAL_DATA = "personal_data"
    SPAM = "spam"


class Sight(StrEnum):
    """What somebody sees of a post: its words; that it is `ahead` of her; or that a host has hidden it."""

    OPEN = "open"
    AHEAD = "ahead"
    HIDDEN = "hidden"


# Staying where one is always succeeds, so repeating is harmless; only real moves stand in the table.
POST_MOVES: Final[Mapping[PostState, frozenset[PostState]]] = {
    PostState.STANDING: frozenset({PostState.HIDDEN, PostState.WITHDRAWN}),
    PostState.HIDDEN: frozenset({PostState.STANDING, PostState.WITHDRAWN}),
    PostState.WITHDRAWN: frozenset(),
}


@dataclass(kw_only=True, slots=True)
class Post:
    """`position`: how much of the work its words give away, in parts per million. `text` is None once its
    author was erased. `version` counts saved changes.
    """

    id: PostId
    thread_id: ThreadId
    author: UserId
    text: str | None
    position: int
    written_at: datetime
    revised_at: datetime | None = None
    state: PostState = PostState.STANDING
    reason: HidingReason | None = None
    hidden_by: UserId | None = None
    version: int = 1

    @classmethod
    def write(
        cls, post_id: PostId, thread_id: ThreadId, author: UserId, text: str, *, position: int, at: datetime
    ) -> Self:
        """It is there at once, for those who have read so far."""
        return cls(
            id=post_id,
            thread_id=thread_id,
            author=author,
            text=text,
            position=_within(position),
            written_at=at,
        )

    # -- who sees it ---------------------------------------------------------------------------------

    def sight(self, reader: UserId, high_water: int) -> Sight:
        """What she sees who has read so far, whoever she is in the club; its author sees it all."""
        return sight(
            own=reader == self.author, state=self.state, position=self.position, high_water=high_water
        )

    @property
    def is_withdrawn(self) -> bool:
        """Its author took it back."""
        return self.state is PostState.WITHDRAWN

    # -- its author ----------------------------------------------------------------------------------

    def demand_author(self, reader: UserId) -> None:
        """Raise `NotYourPost`."""
        if reader != self.author:
            raise NotYourPost

    def expect(self, version: int) -> None:
        """Whoever changes it must have seen its newest version."""
        if version != self.version:
            raise StaleVersion(
                f"The post is at version {self.version}, you saw {version}: read it again.",
                version=self.version,
            )

    def revise(self, text: str, position: int, at: datetime) -> None:
        """Say it anew; saying the same again changes nothing. Raises `PostIsHidden`."""
        if self.state is PostState.HIDDEN:
            raise PostIsHidden
        if (text, _within(position)) != (self.text, self.position):
            self.text, self.position, self.revised_at = text, position, at

    def withdraw(self) -> None:
        """Take it back for good; its words are forgotten."""
        self._move(PostState.WITHDRAWN)
        self.text = None

    # -- a host --------------------------------------------------------------------------------------

    def hide(self, reason: HidingReason, by: UserId) -> None:
        """Nobody but its author and the hosts reads it any more."""
        self._move(PostState.HIDDEN)
        self.reason, self.hidden_by = reason, by

    def show(self) -> None:
        """A host has changed her mind."""
        self._move(PostState.STANDING)
        self.reason = self.hidden_by = None

    def _move(self, state: PostState) -> None:
        if state is self.state:
            return
        if state not in POST_MOVES[self.state]:
            raise PostNotFound  # only what was withdrawn goes nowhere, and it is not there any more
        self.state = state


def sight(*, own: bool, state: PostState, position: int, high_water: int) -> Sight:
    """The rule of the spoiler lock: who has read as far as the post gives away reads it."""
    if own:
        return Sight.OPEN
    if state is PostState.HIDDEN:
        return Sight.HIDDEN
    return Sight.OPEN if position <= high_water else Sight.AHEAD


def post_text(text: str) -> str:
    """What somebody typed, in one form; raises `InvalidInput`."""
    found = paragraphs("text", text, LONGEST_TEXT)
    if found is None:
        raise InvalidInput("text", "Say something.")
    return found


def _within(position: int) -> int:
    if not 0 <= position <= WHOLE:
        raise InvalidInput("position", f"Use 0 to {WHOLE} parts of the work.")
    return position
