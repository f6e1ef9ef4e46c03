"""What one person says in clubs, in memory and over the API."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from application.threads.views import PostQuery
from domain.shared.ids import ClubId, MeetingId, PostId, ThreadId
from domain.threads.post import HidingReason
from entrypoints.http.threads.schemas import PostBody
from tests.bdd.drivers.counter import said, told
from tests.bdd.drivers.protocol import Told


class ThreadsInMemory:
    """Beside the other deeds of a customer in memory, who signs in and says who she is."""

    _use: Any
    _signed_in: Any

    async def open_thread(self, club: str, meeting: str, title: str) -> str:
        async with self._signed_in() as me:
            where = ClubId(UUID(club)), MeetingId(UUID(meeting))
            return str(await self._use.open_thread()(me.user_id, *where, title))

    async def say(self, thread: str, words: Mapping[str, Any]) -> str:
        async with self._signed_in() as me:
            body = said(words, PostBody)
            return str(await self._use.write_post()(me.user_id, _thread(thread), body.text, body.place()))

    async def posts(self, thread: str) -> Sequence[Told]:
        async with self._signed_in() as me:
            query = PostQuery(thread_id=_thread(thread), reader=me.user_id, limit=100)
            return told((await self._use.read_posts()(query)).items)

    async def take_post_back(self, thread: str, post: str) -> None:
        async with self._signed_in() as me:
            await self._use.withdraw_post()(me.user_id, _thread(thread), PostId(UUID(post)))

    async def hide_post(self, thread: str, post: str, reason: str) -> None:
        async with self._signed_in() as me:
            where = _thread(thread), PostId(UUID(post))
            await self._use.hide_post()(me.user_id, *where, HidingReason(reason))

    async def close_thread(self, thread: str) -> None:
        async with self._signed_in() as me:
            await self._use.close_thread()(me.user_id, _thread(thread))


class AsksTheShop(Protocol):
    async def _ask(self, method: str, path: str, body: object = None, **headers: str) -> dict[str, Any]: ...


class ThreadsOverHttp:
    """The same over the API."""

    async def open_thread(self: AsksTheShop, club: str, meeting: str, title: str) -> str:
        body = {"club_id": club, "meeting_id": meeting, "title": title}
        thread: str = (await self._ask("POST", "/v1/threads", body))["thread_id"]
        return thread

    async def say(self: AsksTheShop, thread: str, words: Mapping[str, Any]) -> str:
        post: str = (await self._ask("POST", f"/v1/threads/{thread}/posts", words))["post_id"]
        return post

    async def posts(self: AsksTheShop, thread: str) -> Sequence[Told]:
        items: Sequence[Told] = (await self._ask("GET", f"/v1/threads/{thread}/posts?limit=100"))["items"]
        return items

    async def take_post_back(self: AsksTheShop, thread: str, post: str) -> None:
        await self._ask("DELETE", f"/v1/threads/{thread}/posts/{post}")

    async def hide_post(self: AsksTheShop, thread: str, post: str, reason: str) -> None:
        await self._ask("POST", f"/v1/threads/{thread}/posts/{post}/hide", {"reason": reason})

    async def close_thread(self: AsksTheShop, thread: str) -> None:
        await self._ask("POST", f"/v1/threads/{thread}/close")


def _thread(text: str) -> ThreadId:
    return ThreadId(UUID(text))
