"""/v1/threads/{thread_id}/posts: what is said, for those who have read so far."""

from typing import Any, Final
from uuid import UUID

import msgspec
from litestar import Controller, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from application.threads.moderate import HidePost, ShowPost
from application.threads.see_threads import ReadPosts
from application.threads.views import PostOrder, PostPage, PostQuery, PostView
from application.threads.write_post import RevisePost, WithdrawPost, WritePost
from domain.shared.ids import PostId, ThreadId
from domain.users.principal import Principal
from entrypoints.http.books.versions import seen_version, version_tag
from entrypoints.http.clubs.clubs import IfMatch, Limit, NextOfBefore
from entrypoints.http.threads.schemas import Hiding, PostBody

_encode: Final = msgspec.json.Encoder().encode


class Posts(Controller):
    """For members of the club."""

    path = "/threads/{thread_id:uuid}/posts"
    tags = ("Threads",)

    @get(description=ReadPosts.__doc__)
    async def listed(
        self,
        *,
        thread_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        read_posts: NamedDependency[ReadPosts],
        order: FromQuery[PostOrder] = PostOrder.OLDEST,
        limit: Limit = 20,
        cursor: NextOfBefore = None,
    ) -> PostPage:
        """As far as I have read."""
        query = PostQuery(
            thread_id=ThreadId(thread_id), reader=reader.user_id, order=order, limit=limit, cursor=cursor
        )
        return await read_posts(query)

    @post(description=WritePost.__doc__)
    async def write(
        self,
        thread_id: FromPath[UUID],
        data: JSONBody[PostBody],
        reader: NamedDependency[Principal],
        write_post: NamedDependency[WritePost],
        read_posts: NamedDependency[ReadPosts],
    ) -> Response[PostView]:
        """I say."""
        thread, me = ThreadId(thread_id), reader.user_id
        post_id = await write_post(me, thread, data.text, data.place())
        where = f"/v1/threads/{thread_id}/posts/{post_id}"
        return _page_of(await read_posts.one(me, thread, post_id), status=201, Location=where)

    @get("/{post_id:uuid}", description=ReadPosts.__doc__)
    async def see(
        self,
        thread_id: FromPath[UUID],
        post_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        read_posts: NamedDependency[ReadPosts],
    ) -> Response[PostView]:
        """One of them, with the ETag that changes need."""
        return _page_of(await read_posts.one(reader.user_id, ThreadId(thread_id), PostId(post_id)))

    @put("/{post_id:uuid}", description=RevisePost.__doc__)
    async def revise(
        self,
        *,
        thread_id: FromPath[UUID],
        post_id: FromPath[UUID],
        data: JSONBody[PostBody],
        reader: NamedDependency[Principal],
        revise_post: NamedDependency[RevisePost],
        read_posts: NamedDependency[ReadPosts],
        if_match: IfMatch = None,
    ) -> Response[PostView]:
        """I say it anew."""
        thread, me, said = ThreadId(thread_id), reader.user_id, PostId(post_id)
        seen = seen_version(if_match, needed=True, what="post")
        await revise_post(me, thread, said, text=data.text, place=data.place(), seen=seen)
        return _page_of(await read_posts.one(me, thread, said))

    @delete("/{post_id:uuid}", description=WithdrawPost.__doc__)
    async def withdraw(
        self,
        thread_id: FromPath[UUID],
        post_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        withdraw_post: NamedDependency[WithdrawPost],
    ) -> None:
        """I take it back."""
        await withdraw_post(reader.user_id, ThreadId(thread_id), PostId(post_id))

    @post("/{post_id:uuid}/hide", status_code=204, description=HidePost.__doc__)
    async def hide(
        self,
        thread_id: FromPath[UUID],
        post_id: FromPath[UUID],
        data: JSONBody[Hiding],
        reader: NamedDependency[Principal],
        hide_post: NamedDependency[HidePost],
    ) -> None:
        """Not here (a host)."""
        await hide_post(reader.user_id, ThreadId(thread_id), PostId(post_id), data.reason)

    @post("/{post_id:uuid}/show", status_code=204, description=ShowPost.__doc__)
    async def show(
        self,
        thread_id: FromPath[UUID],
        post_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        show_post: NamedDependency[ShowPost],
    ) -> None:
        """After all (a host)."""
        await show_post(reader.user_id, ThreadId(thread_id), PostId(post_id))


def _page_of(said: PostView, status: int = 200, **headers: str) -> Response[Any]:
    body = _encode(said)
    told = {"ETag": version_tag(said.version, body), "Cache-Control": "private, no-cache", **headers}
    return Response(body, status_code=status, media_type="application/json", headers=told)
