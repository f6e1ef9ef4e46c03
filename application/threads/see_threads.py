"""Read what a club talks about."""

from application.clubs.views import ClubViews
from application.threads.views import (
    PostPage,
    PostQuery,
    PostView,
    ThreadPage,
    ThreadQuery,
    ThreadView,
    ThreadViews,
)
from domain.clubs.door import Door
from domain.shared.ids import PostId, ThreadId, UserId
from domain.threads.errors import ThreadNotFound


class SeeThreads:
    """Members of a club see its threads."""

    def __init__(self, views: ThreadViews, clubs: ClubViews) -> None:
        self._views = views
        self._clubs = clubs

    async def __call__(self, reader: UserId, query: ThreadQuery) -> ThreadPage:
        """Raises `ClubNotFound`, `NotAMember`, and `InvalidInput` for a foreign cursor."""
        (await self._clubs.door(query.club_id, reader)).demand_member()
        return await self._views.listed(query)

    async def one(self, reader: UserId, thread_id: ThreadId) -> ThreadView:
        """Raises `ThreadNotFound`, `NotAMember`."""
        (await self._views.door(thread_id, reader)).to(ThreadNotFound).demand_member()
        return await self._views.one(thread_id)


class ReadPosts:
    """Members of a club read its posts as far as they have read the work: what is ahead of them is shown as
    that, without its words. A host who opens a single post sees it nevertheless: she has to decide about it.
    """

    def __init__(self, views: ThreadViews) -> None:
        self._views = views

    async def __call__(self, query: PostQuery) -> PostPage:
        """Raises `ThreadNotFound`, `NotAMember`, and `InvalidInput` for a foreign cursor."""
        door = await self._entered(query.thread_id, query.reader)
        return await self._views.posts(query, host=door.is_host)

    async def one(self, reader: UserId, thread_id: ThreadId, post_id: PostId) -> PostView:
        """Raises `ThreadNotFound`, `NotAMember`, `PostNotFound`."""
        door = await self._entered(thread_id, reader)
        return await self._views.post(thread_id, post_id, reader, host=door.is_host)

    async def _entered(self, thread_id: ThreadId, reader: UserId) -> Door:
        door = (await self._views.door(thread_id, reader)).to(ThreadNotFound)
        door.demand_member()
        return door
