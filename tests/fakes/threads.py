"""Threads in memory, proven equal to the real ones by the contract suite."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from application.threads.views import (
    PostOrder,
    PostPage,
    PostQuery,
    PostView,
    ThreadPage,
    ThreadQuery,
    ThreadView,
)
from domain.clubs.door import Door
from domain.friends.pair import Pair
from domain.shared.errors import StaleVersion
from domain.shared.ids import PostId, ThreadId, UserId
from domain.threads.errors import PostNotFound, ThreadNotFound
from domain.threads.post import Post, Sight
from domain.threads.thread import Thread

if TYPE_CHECKING:
    from tests.fakes.work import InMemoryWork


class InMemoryThreads:
    """The `Threads` port."""

    def __init__(self) -> None:
        self.kept: dict[ThreadId, Thread] = {}
        self.said: dict[PostId, Post] = {}

    async def open(self, thread: Thread) -> None:
        self.kept[thread.id] = deepcopy(thread)

    async def get(self, thread_id: ThreadId) -> Thread:
        if thread_id not in self.kept:
            raise ThreadNotFound
        return deepcopy(self.kept[thread_id])

    async def read(self, thread_id: ThreadId) -> Thread:
        return await self.get(thread_id)

    async def save(self, thread: Thread) -> None:
        self.kept[thread.id] = deepcopy(thread)

    async def posts_since(self, reader: UserId, since: datetime) -> Sequence[datetime]:
        return [p.written_at for p in self.said.values() if p.author == reader and p.written_at > since]

    async def add(self, post: Post) -> None:
        self.said[post.id] = deepcopy(post)

    async def post(self, thread_id: ThreadId, post_id: PostId) -> Post:
        post = self.said.get(post_id)
        if post is None or post.thread_id != thread_id or post.is_withdrawn:
            raise PostNotFound
        return deepcopy(post)

    async def keep(self, post: Post) -> None:
        if self.said[post.id].version != post.version:
            raise StaleVersion("The post changed since it was read; read it again.")
        post.version += 1
        self.said[post.id] = deepcopy(post)

    def standing(self, thread_id: ThreadId) -> list[Post]:
        """What nobody took back, in the order in which it was said."""
        found = [p for p in self.said.values() if p.thread_id == thread_id and not p.is_withdrawn]
        return sorted(found, key=lambda post: post.id)


@dataclass(frozen=True)
class InMemoryThreadViews:
    """The `ThreadViews` port. Pages are the real one's concern: here everything is on one."""

    work: "InMemoryWork"

    async def door(self, thread_id: ThreadId, reader: UserId) -> Door:
        thread = await self.work.threads.get(thread_id)
        club = await self.work.clubs.get(thread.club_id)
        return club.door(await self.work.clubs.membership(thread.club_id, reader))

    async def listed(self, query: ThreadQuery) -> ThreadPage:
        found = [
            self._thread(thread)
            for thread in self.work.threads.kept.values()
            if thread.club_id == query.club_id and query.meeting_id in {None, thread.meeting_id}
        ]
        return ThreadPage(sorted(found, key=lambda thread: thread.thread_id, reverse=True), None)

    async def one(self, thread_id: ThreadId) -> ThreadView:
        return self._thread(await self.work.threads.get(thread_id))

    async def posts(self, query: PostQuery, *, host: bool) -> PostPage:
        thread = await self.work.threads.get(query.thread_id)
        high_water = self._high_water(thread, query.reader)
        items = [
            self._post(thread, post, post.sight(query.reader, high_water), query.reader, host=host)
            for post in self.work.threads.standing(thread.id)
            if host or not self._blocked(post.author, query.reader)
        ]
        if query.order is PostOrder.NEWEST:
            items.reverse()
        return PostPage(items, high_water, None)

    async def post(self, thread_id: ThreadId, post_id: PostId, reader: UserId, *, host: bool) -> PostView:
        thread = await self.work.threads.get(thread_id)
        post = await self.work.threads.post(thread_id, post_id)
        if not host and self._blocked(post.author, reader):
            raise PostNotFound
        what = Sight.OPEN if host else post.sight(reader, self._high_water(thread, reader))
        return self._post(thread, post, what, reader, host=host)

    def _high_water(self, thread: Thread, reader: UserId) -> int:
        told = [
            attendee.progress.high_water
            for (meeting_id, of), attendee in self.work.meetings.known.items()
            if of == reader and self.work.meetings.kept[meeting_id].work_id == thread.work_id
        ]
        return max(told, default=0)

    def _blocked(self, author: UserId, reader: UserId) -> bool:
        if author == reader:
            return False
        between = self.work.kept_friendships.kept.get(Pair.of(author, reader))
        return between is not None and bool(between.blocks)

    def _thread(self, thread: Thread) -> ThreadView:
        said = self.work.threads.standing(thread.id)
        return ThreadView(
            thread_id=thread.id,
            club_id=thread.club_id,
            meeting_id=thread.meeting_id,
            work_id=thread.work_id,
            title=thread.title,
            opened_by=thread.opened_by,
            opened_at=thread.opened_at,
            closed_at=thread.closed_at,
            posts=len(said),
            last_post_at=max((post.written_at for post in said), default=None),
        )

    def _post(self, thread: Thread, post: Post, what: Sight, reader: UserId, *, host: bool) -> PostView:
        membership = self.work.clubs.memberships.get((thread.club_id, post.author))
        own = post.author == reader
        return PostView(
            post_id=post.id,
            author_id=post.author,
            display_name=membership.display_name if membership else None,
            position=post.position if thread.work_id else None,
            sight=what,
            text=post.text if what is Sight.OPEN else None,
            written_at=post.written_at,
            revised_at=post.revised_at,
            state=post.state.value,
            reason=post.reason.value if post.reason and (own or host) else None,
            version=post.version,
            yours=own,
        )
