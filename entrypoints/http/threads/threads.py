"""/v1/threads: what clubs talk about."""

from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from application.threads.moderate import CloseThread, ReopenThread
from application.threads.open_thread import OpenThread
from application.threads.see_threads import SeeThreads
from application.threads.views import ThreadPage, ThreadQuery, ThreadView
from domain.shared.ids import ClubId, MeetingId, ThreadId
from domain.users.principal import Principal
from entrypoints.http.clubs.clubs import Limit, NextOfBefore
from entrypoints.http.threads.schemas import NewThread


class Threads(Controller):
    """For members of the club."""

    path = "/threads"
    tags = ("Threads",)

    @post(description=OpenThread.__doc__)
    async def open(
        self,
        data: JSONBody[NewThread],
        reader: NamedDependency[Principal],
        open_thread: NamedDependency[OpenThread],
        see_threads: NamedDependency[SeeThreads],
    ) -> Response[ThreadView]:
        """Let us talk about it."""
        meeting_id = MeetingId(data.meeting_id) if data.meeting_id else None
        thread_id = await open_thread(reader.user_id, ClubId(data.club_id), meeting_id, data.title)
        thread = await see_threads.one(reader.user_id, thread_id)
        return Response(thread, status_code=201, headers={"Location": f"/v1/threads/{thread_id}"})

    @get("/{thread_id:uuid}", description=SeeThreads.__doc__)
    async def see(
        self,
        thread_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        see_threads: NamedDependency[SeeThreads],
    ) -> ThreadView:
        """One of them."""
        return await see_threads.one(reader.user_id, ThreadId(thread_id))

    @post("/{thread_id:uuid}/close", status_code=204, description=CloseThread.__doc__)
    async def close(
        self,
        thread_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        close_thread: NamedDependency[CloseThread],
    ) -> None:
        """Enough (a host)."""
        await close_thread(reader.user_id, ThreadId(thread_id))

    @post("/{thread_id:uuid}/reopen", status_code=204, description=ReopenThread.__doc__)
    async def reopen(
        self,
        thread_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        reopen_thread: NamedDependency[ReopenThread],
    ) -> None:
        """Go on (a host)."""
        await reopen_thread(reader.user_id, ThreadId(thread_id))


@get("/clubs/{club_id:uuid}/threads", tags=["Threads"], description=SeeThreads.__doc__)
async def threads_of_club(
    *,
    club_id: FromPath[UUID],
    reader: NamedDependency[Principal],
    see_threads: NamedDependency[SeeThreads],
    meeting_id: FromQuery[UUID | None] = None,
    limit: Limit = 20,
    cursor: NextOfBefore = None,
) -> ThreadPage:
    """The latest opened first; with a meeting, only those about it."""
    about = MeetingId(meeting_id) if meeting_id else None
    query = ThreadQuery(club_id=ClubId(club_id), meeting_id=about, limit=limit, cursor=cursor)
    return await see_threads(reader.user_id, query)
