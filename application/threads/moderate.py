"""What a host does about what was said."""

from application.shared.unit_of_work import UnitOfWork
from application.threads.shared import as_host
from domain.shared.clock import Clock
from domain.shared.ids import PostId, ThreadId, UserId
from domain.threads.post import HidingReason


class HidePost:
    """The owner and the hosts of a club hide posts from its other members; the author sees why."""

    def __init__(self, unit_of_work: UnitOfWork) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(
        self, host: UserId, thread_id: ThreadId, post_id: PostId, reason: HidingReason
    ) -> None:
        """Raises `ThreadNotFound`, `NotAMember`, `NotAHost`, `PostNotFound`."""
        async with self._unit_of_work() as work:
            await as_host(work, thread_id, host)
            post = await work.threads.post(thread_id, post_id)
            post.hide(reason, host)
            await work.threads.keep(post)


class ShowPost:
    """The owner and the hosts of a club let a hidden post be read again."""

    def __init__(self, unit_of_work: UnitOfWork) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, host: UserId, thread_id: ThreadId, post_id: PostId) -> None:
        """Raises `ThreadNotFound`, `NotAMember`, `NotAHost`, `PostNotFound`."""
        async with self._unit_of_work() as work:
            await as_host(work, thread_id, host)
            post = await work.threads.post(thread_id, post_id)
            post.show()
            await work.threads.keep(post)


class CloseThread:
    """The owner and the hosts of a club close a thread: nothing is added to it, or changed in it."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, host: UserId, thread_id: ThreadId) -> None:
        """Raises `ThreadNotFound`, `NotAMember`, `NotAHost`."""
        async with self._unit_of_work() as work:
            thread = await as_host(work, thread_id, host)
            thread.close(host, self._clock.now())
            await work.threads.save(thread)


class ReopenThread:
    """The owner and the hosts of a club let it go on."""

    def __init__(self, unit_of_work: UnitOfWork) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, host: UserId, thread_id: ThreadId) -> None:
        """Raises `ThreadNotFound`, `NotAMember`, `NotAHost`."""
        async with self._unit_of_work() as work:
            thread = await as_host(work, thread_id, host)
            thread.reopen()
            await work.threads.save(thread)
