"""/v1/calendars: meetings in one's own calendar program."""

from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Controller, Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from application.meetings.calendars import GiveCalendar, ReadCalendar, WithdrawCalendar
from domain.shared.ids import ClubId
from domain.users.principal import Principal
from entrypoints.http.answers.entity_tags import already_has, fingerprint
from entrypoints.http.meetings.schemas import CalendarAddress, CalendarOf

ICALENDAR: Final = "text/calendar"  # Litestar adds the charset
NOT_MODIFIED: Final = 304


class Calendars(Controller):
    """Given out to a reader, read by whoever has the address."""

    path = "/calendars"
    tags = ("Meetings",)

    @post(description=GiveCalendar.__doc__)
    async def give(
        self,
        reader: NamedDependency[Principal],
        give_calendar: NamedDependency[GiveCalendar],
        data: JSONBody[CalendarOf | None] = None,
    ) -> CalendarAddress:
        """An address for my calendar program."""
        club_id = ClubId(data.club_id) if data and data.club_id else None
        secret = await give_calendar(reader.user_id, club_id)
        return CalendarAddress(f"/v1/calendars/{secret}")

    @delete(description=WithdrawCalendar.__doc__)
    async def withdraw(
        self,
        reader: NamedDependency[Principal],
        withdraw_calendar: NamedDependency[WithdrawCalendar],
        club_id: Annotated[UUID | None, QueryParameter(description="Left out: that of all clubs.")] = None,
    ) -> None:
        """The address leads nowhere any more."""
        await withdraw_calendar(reader.user_id, ClubId(club_id) if club_id else None)

    @get("/{secret:str}", description=ReadCalendar.__doc__, media_type="text/calendar")
    async def read(
        self,
        request: Request[Any, Any, Any],
        secret: FromPath[str],
        read_calendar: NamedDependency[ReadCalendar],
    ) -> Response[bytes]:
        """RFC 5545."""
        body = (await read_calendar(secret)).encode()
        headers = {"ETag": f'"{fingerprint(body)}"', "Cache-Control": "private, no-cache"}
        if already_has(request.headers.get("if-none-match"), headers["ETag"]):
            return Response(b"", status_code=NOT_MODIFIED, headers=headers)
        return Response(body, media_type=ICALENDAR, headers=headers)
