"""What one person does in clubs and for their meetings, in memory and over the API."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from urllib.parse import urlencode
from uuid import UUID

from application.clubs.views import ClubQuery
from domain.clubs.standing import ClubRole, Standing
from domain.meetings.status import Rsvp
from domain.shared.ids import ClubId, MeetingId, UserId, WorkId
from entrypoints.http.clubs.schemas import NewClub
from entrypoints.http.meetings.schemas import ArrangementsBody, NewMeeting, ProgressBody
from tests.bdd.drivers.counter import said, told
from tests.bdd.drivers.protocol import Told


class ClubsInMemory:
    """Beside the other deeds of a customer in memory, who signs in and says who she is."""

    _use: Any
    _signed_in: Any

    async def found_club(self, facts: Mapping[str, Any]) -> Told:
        async with self._signed_in() as me:
            body = said(facts, NewClub)
            club = await self._use.found_club()(me.user_id, body.facts(), body.founder_name())
            return told(await self._use.see_club()(club, me.user_id))

    async def find_clubs(self, **wanted: str) -> Sequence[Told]:
        async with self._signed_in() as me:
            return told((await self._use.list_clubs()(ClubQuery(reader=me.user_id, **wanted))).items)

    async def look_at_club(self, club: str) -> Told:
        async with self._signed_in() as me:
            return told(await self._use.see_club()(_club(club), me.user_id))

    async def join_club(self, club: str, invitation: str | None = None) -> None:
        async with self._signed_in() as me:
            await self._use.join_club()(me.user_id, _club(club), None, invitation)

    async def leave_club(self, club: str) -> None:
        async with self._signed_in() as me:
            await self._use.leave_club()(me.user_id, _club(club))

    async def club_members(self, club: str, standing: str = "member") -> Sequence[Told]:
        async with self._signed_in() as me:
            page = await self._use.list_members()(me.user_id, _club(club), Standing(standing), 100, None)
            return told(page.items)

    async def keep_door(self, club: str, reader: str, standing: str) -> None:
        async with self._signed_in() as me:
            about = UserId(UUID(reader))
            await self._use.keep_door()(me.user_id, _club(club), about, Standing(standing))

    async def give_role(self, club: str, reader: str, role: str) -> None:
        async with self._signed_in() as me:
            await self._use.give_role()(me.user_id, _club(club), UserId(UUID(reader)), ClubRole(role))

    async def invite(self, club: str) -> str:
        async with self._signed_in() as me:
            link: str = (await self._use.invite_by_link()(me.user_id, _club(club))).secret
            return link

    async def schedule(self, facts: Mapping[str, Any]) -> Told:
        async with self._signed_in() as me:
            body = said(facts, NewMeeting)
            meeting = await self._use.schedule_meeting()(
                me.user_id,
                ClubId(body.club_id),
                WorkId(body.work_id),
                starts_at=body.starts_at,
                time_zone=body.time_zone,
                arrangements=body.arrangements(),
            )
            return told(await self._use.see_meeting()(meeting, me.user_id))

    async def look_at_meeting(self, meeting: str) -> Told:
        async with self._signed_in() as me:
            return told(await self._use.see_meeting()(_meeting(meeting), me.user_id))

    async def move_meeting(self, meeting: str, facts: Mapping[str, Any]) -> None:
        async with self._signed_in() as me:
            body = said(facts, ArrangementsBody)
            await self._use.revise_meeting()(
                me.user_id,
                _meeting(meeting),
                starts_at=body.starts_at,
                time_zone=body.time_zone,
                arrangements=body.arrangements(),
                seen=None,
            )

    async def cancel_meeting(self, meeting: str) -> None:
        async with self._signed_in() as me:
            await self._use.cancel_meeting()(me.user_id, _meeting(meeting), None)

    async def close_meeting(self, meeting: str) -> None:
        async with self._signed_in() as me:
            await self._use.close_meeting()(me.user_id, _meeting(meeting))

    async def answer_meeting(self, meeting: str, rsvp: str) -> None:
        async with self._signed_in() as me:
            await self._use.answer_meeting()(me.user_id, _meeting(meeting), Rsvp(rsvp))

    async def tell_progress(self, meeting: str, news: Mapping[str, Any], seen: int | None = None) -> Told:
        async with self._signed_in() as me:
            body = said(news, ProgressBody)
            await self._use.note_progress()(me.user_id, _meeting(meeting), body.news(), seen)
            return told(await self._use.list_attendees().one(_meeting(meeting), me.user_id, me.user_id))

    async def look_at_attendee(self, meeting: str, reader: str) -> Told:
        async with self._signed_in() as me:
            of = UserId(UUID(reader))
            return told(await self._use.list_attendees().one(_meeting(meeting), of, me.user_id))

    async def reading_curve(self, meeting: str, reader: str) -> Sequence[Told]:
        async with self._signed_in() as me:
            return told(
                await self._use.see_reading_curve()(_meeting(meeting), UserId(UUID(reader)), me.user_id)
            )

    async def attendance_code(self, meeting: str) -> str:
        async with self._signed_in() as me:
            code: str = await self._use.see_attendance_code()(me.user_id, _meeting(meeting))
            return code

    async def send_attendance_code(self, meeting: str, code: str) -> None:
        async with self._signed_in() as me:
            await self._use.attend_by_code()(me.user_id, _meeting(meeting), code)

    async def tick_off(self, meeting: str, reader: str) -> None:
        async with self._signed_in() as me:
            about = UserId(UUID(reader))
            await self._use.note_attendance()(me.user_id, _meeting(meeting), about, attended=True)

    async def get_calendar(self) -> str:
        async with self._signed_in() as me:
            secret: str = await self._use.give_calendar()(me.user_id, None)
            return secret

    async def read_calendar(self, address: str) -> str:
        calendar: str = await self._use.read_calendar()(address)
        return calendar


class AsksTheShop(Protocol):
    async def _ask(self, method: str, path: str, body: object = None, **headers: str) -> dict[str, Any]: ...

    async def _read(self, path: str) -> str: ...


class ClubsOverHttp:
    """The same over the API."""

    async def found_club(self: AsksTheShop, facts: Mapping[str, Any]) -> Told:
        return await self._ask("POST", "/v1/clubs", facts)

    async def find_clubs(self: AsksTheShop, **wanted: str) -> Sequence[Told]:
        items: Sequence[Told] = (await self._ask("GET", f"/v1/clubs?limit=100&{urlencode(wanted)}"))["items"]
        return items

    async def look_at_club(self: AsksTheShop, club: str) -> Told:
        return await self._ask("GET", f"/v1/clubs/{club}")

    async def join_club(self: AsksTheShop, club: str, invitation: str | None = None) -> None:
        body = {"invitation": invitation} if invitation else None
        await self._ask("POST", f"/v1/clubs/{club}/members", body)

    async def leave_club(self: AsksTheShop, club: str) -> None:
        await self._ask("DELETE", f"/v1/clubs/{club}/members/me")

    async def club_members(self: AsksTheShop, club: str, standing: str = "member") -> Sequence[Told]:
        page = await self._ask("GET", f"/v1/clubs/{club}/members?limit=100&standing={standing}")
        items: Sequence[Told] = page["items"]
        return items

    async def keep_door(self: AsksTheShop, club: str, reader: str, standing: str) -> None:
        await self._ask("PUT", f"/v1/clubs/{club}/members/{reader}", {"standing": standing})

    async def give_role(self: AsksTheShop, club: str, reader: str, role: str) -> None:
        await self._ask("PUT", f"/v1/clubs/{club}/members/{reader}/role", {"role": role})

    async def invite(self: AsksTheShop, club: str) -> str:
        link: str = (await self._ask("POST", f"/v1/clubs/{club}/invitations"))["invitation"]
        return link

    async def schedule(self: AsksTheShop, facts: Mapping[str, Any]) -> Told:
        return await self._ask("POST", "/v1/meetings", facts)

    async def look_at_meeting(self: AsksTheShop, meeting: str) -> Told:
        return await self._ask("GET", f"/v1/meetings/{meeting}")

    async def move_meeting(self: AsksTheShop, meeting: str, facts: Mapping[str, Any]) -> None:
        await self._ask("PUT", f"/v1/meetings/{meeting}", facts, **{"If-Match": "*"})

    async def cancel_meeting(self: AsksTheShop, meeting: str) -> None:
        await self._ask("POST", f"/v1/meetings/{meeting}/cancel")

    async def close_meeting(self: AsksTheShop, meeting: str) -> None:
        await self._ask("POST", f"/v1/meetings/{meeting}/close")

    async def answer_meeting(self: AsksTheShop, meeting: str, rsvp: str) -> None:
        await self._ask("POST", f"/v1/meetings/{meeting}/attendees", {"rsvp": rsvp})

    async def tell_progress(
        self: AsksTheShop, meeting: str, news: Mapping[str, Any], seen: int | None = None
    ) -> Told:
        headers = {} if seen is None else {"If-Match": f'"{seen}"'}
        return await self._ask("PUT", f"/v1/meetings/{meeting}/attendees", news, **headers)

    async def look_at_attendee(self: AsksTheShop, meeting: str, reader: str) -> Told:
        return await self._ask("GET", f"/v1/meetings/{meeting}/attendees/{reader}")

    async def reading_curve(self: AsksTheShop, meeting: str, reader: str) -> Sequence[Told]:
        curve = await self._ask("GET", f"/v1/meetings/{meeting}/attendees/{reader}/progress")
        items: Sequence[Told] = curve["items"]
        return items

    async def attendance_code(self: AsksTheShop, meeting: str) -> str:
        code: str = (await self._ask("GET", f"/v1/meetings/{meeting}/attendance/code"))["code"]
        return code

    async def send_attendance_code(self: AsksTheShop, meeting: str, code: str) -> None:
        await self._ask("POST", f"/v1/meetings/{meeting}/attendance", {"code": code})

    async def tick_off(self: AsksTheShop, meeting: str, reader: str) -> None:
        await self._ask("PUT", f"/v1/meetings/{meeting}/attendees/{reader}/attendance", {"attended": True})

    async def get_calendar(self: AsksTheShop) -> str:
        path: str = (await self._ask("POST", "/v1/calendars"))["path"]
        return path

    async def read_calendar(self: AsksTheShop, address: str) -> str:
        return await self._read(address)


def _club(text: str) -> ClubId:
    return ClubId(UUID(text))


def _meeting(text: str) -> MeetingId:
    return MeetingId(UUID(text))
