"""Say something in a thread."""

from dataclasses import dataclass

from application.shared.unit_of_work import UnitOfWork, Work
from application.threads.shared import as_member
from domain.meetings.progress import Position, Unit
from domain.shared.clock import Clock
from domain.shared.ids import IdSource, PostId, ThreadId, UserId
from domain.threads.errors import PositionNotTold, PositionWithoutWork
from domain.threads.limits import WINDOW, demand_room_to_post
from domain.threads.post import Post, post_text
from domain.threads.thread import Thread


@dataclass(frozen=True, slots=True)
class Place:
    """Up to where words give something away, as their author counts: `of` is how long her edition is, left
    out for percents and where she has told it with her progress.
    """

    unit: Unit
    number: int
    of: int | None = None


class WritePost:
    """Members of a club speak in its open threads. Where nothing else is said, a post gives away as much as
    its author has read; whose progress is sealed has to say how much.
    """

    def __init__(self, unit_of_work: UnitOfWork, ids: IdSource, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def __call__(self, reader: UserId, thread_id: ThreadId, text: str, place: Place | None) -> PostId:
        """Raises `ThreadNotFound`, `NotAMember`, `ThreadClosed`, `TooManyPosts`, `PositionNotTold`,
        `PositionWithoutWork`, `EditionLengthUnknown`, `InvalidInput`.
        """
        post_id, now, said = PostId(self._ids.new()), self._clock.now(), post_text(text)
        async with self._unit_of_work() as work:
            demand_room_to_post(await work.threads.posts_since(reader, now - WINDOW), now)
            thread = await as_member(work, thread_id, reader)
            thread.demand_open()
            position = await told_position(work, thread, reader, place)
            await work.threads.add(Post.write(post_id, thread_id, reader, said, position=position, at=now))
        return post_id


class RevisePost:
    """Its author says it anew, on the version she has seen, while the thread is open and no host has hidden
    it. Where nothing else is said, it gives away as much as before.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(
        self,
        reader: UserId,
        thread_id: ThreadId,
        post_id: PostId,
        *,
        text: str,
        place: Place | None,
        seen: int | None,
    ) -> None:
        """Raises as `WritePost`, and `PostNotFound`, `NotYourPost`, `PostIsHidden`, `StaleVersion`."""
        said = post_text(text)
        async with self._unit_of_work() as work:
            thread = await as_member(work, thread_id, reader)
            thread.demand_open()
            post = await work.threads.post(thread_id, post_id)
            post.demand_author(reader)
            if seen is not None:
                post.expect(seen)
            position = post.position if place is None else await told_position(work, thread, reader, place)
            post.revise(said, position, self._clock.now())
            await work.threads.keep(post)


class WithdrawPost:
    """Its author takes it back, at any time, also when she has left the club; its words are deleted."""

    def __init__(self, unit_of_work: UnitOfWork) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, reader: UserId, thread_id: ThreadId, post_id: PostId) -> None:
        """Raises `ThreadNotFound`, `NotAMember`, `PostNotFound`, `NotYourPost`."""
        async with self._unit_of_work() as work:
            post = await work.threads.post(thread_id, post_id)
            if post.author != reader:
                await as_member(work, thread_id, reader)
            post.demand_author(reader)
            post.withdraw()
            await work.threads.keep(post)


async def told_position(work: Work, thread: Thread, reader: UserId, place: Place | None) -> int:
    """In parts per million of the thread's work; 0 where it is about none."""
    if thread.meeting_id is None:
        if place is not None:
            raise PositionWithoutWork
        return 0
    attendee = await work.meetings.attendee(thread.meeting_id, reader)
    if place is None:
        if attendee is not None and attendee.sealed:
            raise PositionNotTold
        return attendee.progress.high_water if attendee else 0
    known = attendee.progress.position if attendee else None
    length = known.of if known is not None and known.unit is place.unit else None
    return Position.told(place.unit, place.number, place.of or length).fraction
