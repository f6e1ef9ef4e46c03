"""/v1/watches."""

from typing import Annotated, Final
from uuid import UUID

from litestar import Controller, Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, HeaderParameter, JSONBody, QueryParameter

from application.watches.see_watches import ListWatches, SeeWatch
from application.watches.steer_watch import CancelWatch, ChangeWatch, PauseWatch, ResumeWatch, VetoPurchase
from application.watches.views import WatchView
from domain.shared.ids import WatchId
from domain.users.principal import Principal
from entrypoints.http.books.versions import seen_version
from entrypoints.http.watches.answers import WatchAnswer, WatchPage
from entrypoints.http.watches.schemas import ChangeBody

MOST: Final = 100
Limit = Annotated[int, QueryParameter(ge=1, le=MOST)]
IfMatch = Annotated[
    str | None,
    HeaderParameter(name="If-Match", required=False, description="The ETag of the watch as you read it."),
]


class Watches(Controller):
    """A reader's watches: nobody else's are there."""

    path = "/watches"
    tags = ("watches",)

    @get(description=ListWatches.__doc__)
    async def list_watches(
        self,
        reader: NamedDependency[Principal],
        list_watches: NamedDependency[ListWatches],
        limit: Limit = 20,
        cursor: FromQuery[UUID | None] = None,
        ended: FromQuery[bool | None] = None,
    ) -> WatchPage:
        """My watches, newest first."""
        before = WatchId(cursor) if cursor else None
        found, following = await list_watches(reader.user_id, ended=ended, before=before, limit=limit)
        items = [WatchAnswer.of(view) for view in found]
        return WatchPage(items, str(following) if following else None)

    @get("/{watch_id:uuid}", description=SeeWatch.__doc__)
    async def see(
        self,
        watch_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        see_watch: NamedDependency[SeeWatch],
    ) -> Response[WatchAnswer]:
        """One watch, with its ETag."""
        return _page(await see_watch(WatchId(watch_id), reader.user_id))

    @patch("/{watch_id:uuid}", description=ChangeWatch.__doc__)
    async def change(
        self,
        *,
        watch_id: FromPath[UUID],
        data: JSONBody[ChangeBody],
        reader: NamedDependency[Principal],
        change_watch: NamedDependency[ChangeWatch],
        if_match: IfMatch = None,
    ) -> Response[WatchAnswer]:
        """Change what is waited for."""
        seen = seen_version(if_match, needed=True, what="watch")
        view = await change_watch(WatchId(watch_id), reader.user_id, data.change, seen)
        return _page(view)

    @post("/{watch_id:uuid}/pause", status_code=200, description=PauseWatch.__doc__)
    async def pause(
        self,
        watch_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        pause_watch: NamedDependency[PauseWatch],
    ) -> Response[WatchAnswer]:
        """Rest."""
        return _page(await pause_watch(WatchId(watch_id), reader.user_id))

    @post("/{watch_id:uuid}/resume", status_code=200, description=ResumeWatch.__doc__)
    async def resume(
        self,
        watch_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        resume_watch: NamedDependency[ResumeWatch],
    ) -> Response[WatchAnswer]:
        """Go on."""
        return _page(await resume_watch(WatchId(watch_id), reader.user_id))

    @post("/{watch_id:uuid}/cancel", status_code=200, description=CancelWatch.__doc__)
    async def cancel(
        self,
        watch_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        cancel_watch: NamedDependency[CancelWatch],
    ) -> Response[WatchAnswer]:
        """End it."""
        return _page(await cancel_watch(WatchId(watch_id), reader.user_id))

    @post("/{watch_id:uuid}/veto", status_code=200, description=VetoPurchase.__doc__)
    async def veto(
        self,
        watch_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        veto_purchase: NamedDependency[VetoPurchase],
    ) -> Response[WatchAnswer]:
        """Say no."""
        return _page(await veto_purchase(WatchId(watch_id), reader.user_id))


def _page(view: WatchView) -> Response[WatchAnswer]:
    return Response(WatchAnswer.of(view), headers={"ETag": f'"{view.watch.version}"'})
