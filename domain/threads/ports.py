"""What threads need from outside."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.shared.ids import PostId, ThreadId, UserId
from domain.threads.post import Post
from domain.threads.thread import Thread


class Threads(Protocol):
    """Threads with their posts, in the caller's transaction."""

    async def open(self, thread: Thread) -> None:
        """Keep a new one."""
        ...

    async def get(self, thread_id: ThreadId) -> Thread:
        """Load it for a change of itself: posts wait. Raises `ThreadNotFound`."""
        ...

    async def read(self, thread_id: ThreadId) -> Thread:
        """Load it for a post: it stays as it is until the transaction ends, while others post too. Raises
        `ThreadNotFound`.
        """
        ...

    async def save(self, thread: Thread) -> None:
        """Keep what changed."""
        ...

    async def posts_since(self, reader: UserId, since: datetime) -> Sequence[datetime]:
        """When this reader wrote posts, also such as are gone. Until the transaction ends the same reader's
        other posts wait, so that a limit is a limit. Call it before anything is loaded.
        """
        ...

    async def add(self, post: Post) -> None:
        """Keep a new one; its thread shows that somebody spoke."""
        ...

    async def post(self, thread_id: ThreadId, post_id: PostId) -> Post:
        """Load it for a change: nobody else changes it meanwhile. Raises `PostNotFound`."""
        ...

    async def keep(self, post: Post) -> None:
        """Keep what changed; its version grows."""
        ...
