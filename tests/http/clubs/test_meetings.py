"""Meetings, answers, progress and calendars over HTTP."""

from typing import Final

import psycopg
import pytest

from tests.http.clubs.conftest import Circle, Json
from tests.http.people import MakePerson
from tests.http.shelf import Shelf

BEGIN: Final = "UPDATE meetings SET starts_at = now() - interval '5 minutes' WHERE id = %s"


async def test_a_meeting_is_found_where_its_answer_says(circle: Circle) -> None:
    body = {"club_id": circle.club, "work_id": circle.work, "starts_at": "2028-07-14T19:00:00"}
    answer = await circle.ask(
        circle.emma, "POST", "/v1/meetings", {**body, "time_zone": "Europe/London", "place": "Hartfield"}
    )
    assert answer.status_code == 201, answer.text
    meeting = answer.json()
    assert (meeting["club_id"], meeting["work_id"], meeting["title"]) == (circle.club, circle.work, "Emma")
    assert (meeting["starts_at"], meeting["time_zone"]) == ("2028-07-14T18:00:00Z", "Europe/London")
    assert (meeting["status"], meeting["place"], meeting["version"]) == ("scheduled", "Hartfield", 1)
    again = await circle.ask(circle.emma, "GET", answer.headers["location"])
    assert (again.json(), again.headers["etag"]) == (meeting, answer.headers["etag"])
    assert (await circle.ask(None, "GET", answer.headers["location"])).json() == {**meeting, "place": None}
    [listed] = (await circle.ask(circle.harriet, "GET", "/v1/meetings")).json()["items"]
    assert listed == meeting


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"starts_at": "2020-01-01T19:00:00Z"}, "starts_at"),
        ({"starts_at": "soon"}, "starts_at"),
        ({"time_zone": "Highbury"}, "time_zone"),
        ({"link": "http://call.example"}, "link"),
        ({"place": "x" * 201}, "place"),
        ({"work_id": "emma"}, "work_id"),
    ],
)
async def test_what_cannot_be_arranged_is_named(circle: Circle, said: Json, field: str) -> None:
    body = {
        "club_id": circle.club,
        "work_id": circle.work,
        "starts_at": "2028-07-14T19:00:00",
        "time_zone": "Europe/London",
        **said,
    }
    answer = await circle.ask(circle.emma, "POST", "/v1/meetings", body)
    assert answer.status_code == 400, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_a_meeting_is_moved_and_called_off(circle: Circle) -> None:
    meeting = await circle.meeting()
    path = f"/v1/meetings/{meeting['id']}"
    tag = (await circle.ask(circle.emma, "GET", path)).headers["etag"]
    body = {"starts_at": "2028-05-02T19:00:00", "time_zone": "Europe/Paris"}
    moved = await circle.ask(circle.emma, "PUT", path, body, **{"If-Match": tag})
    assert (moved.json()["starts_at"], moved.json()["version"]) == ("2028-05-02T17:00:00Z", 2)
    assert (await circle.ask(circle.emma, "POST", f"{path}/cancel", **{"If-Match": tag})).status_code == 412
    off = await circle.ask(circle.emma, "POST", f"{path}/cancel")
    assert off.json()["status"] == "cancelled"


async def test_who_comes_says_so_with_or_without_words(circle: Circle) -> None:
    path = f"/v1/meetings/{(await circle.meeting())['id']}/attendees"
    coming = await circle.ask(circle.harriet, "POST", path)
    assert (coming.status_code, coming.json()["rsvp"], coming.json()["progress"]) == (201, "coming", None)
    maybe = await circle.ask(circle.harriet, "POST", path, {"rsvp": "maybe"})
    assert (maybe.json()["rsvp"], maybe.json()["version"]) == ("maybe", 2)
    again = await circle.ask(circle.harriet, "GET", maybe.headers["location"])
    assert again.json() == maybe.json()


async def test_a_note_made_on_an_older_one_is_refused(circle: Circle) -> None:
    path = f"/v1/meetings/{(await circle.meeting())['id']}/attendees"
    first = await circle.ask(circle.harriet, "PUT", path, {"page": 100})
    assert first.status_code == 200, first.text
    told = first.json()["progress"]
    assert (told["percent"], told["fraction"], told["position"]) == (
        25,
        250_000,
        {"unit": "page", "number": 100, "of": 400},
    )
    newer = {"If-Match": first.headers["etag"]}
    assert (await circle.ask(circle.harriet, "PUT", path, {"page": 120}, **newer)).status_code == 200
    stale = await circle.ask(circle.harriet, "PUT", path, {"page": 110}, **newer)
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "page"),
        ({"page": 1, "percent": 1}, "percent"),
        ({"page": -1}, "page"),
        ({"page": 401}, "page"),
        ({"percent": 101}, "percent"),
        ({"chapter": 3, "of": 0}, "of"),
        ({"page": 1.5}, "page"),
        ({"verse": 1}, "verse"),
    ],
)
async def test_progress_that_is_none_is_named(circle: Circle, said: Json, field: str) -> None:
    path = f"/v1/meetings/{(await circle.meeting())['id']}/attendees"
    answer = await circle.ask(circle.harriet, "PUT", path, said)
    assert answer.status_code == 400, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_a_chapter_needs_the_length_of_the_book_once(circle: Circle) -> None:
    path = f"/v1/meetings/{(await circle.meeting())['id']}/attendees"
    unknown = await circle.ask(circle.harriet, "PUT", path, {"chapter": 11})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "edition_length_unknown")
    known = await circle.ask(circle.harriet, "PUT", path, {"chapter": 11, "of": 55})
    assert known.json()["progress"]["percent"] == 20


async def test_the_curve_is_every_note(circle: Circle) -> None:
    path = f"/v1/meetings/{(await circle.meeting())['id']}/attendees"
    for percent in (0, 50, 75, 60, 100):
        await circle.ask(circle.harriet, "PUT", path, {"percent": percent})
    curve = (await circle.ask(circle.emma, "GET", f"{path}/{circle.harriet.id}/progress")).json()["items"]
    assert [point["fraction"] for point in curve] == [0, 500_000, 750_000, 600_000, 1_000_000]
    assert [point["high_water"] for point in curve] == [0, 500_000, 750_000, 750_000, 1_000_000]


async def test_sealed_progress_is_for_its_reader(circle: Circle) -> None:
    path = f"/v1/meetings/{(await circle.meeting())['id']}/attendees"
    await circle.ask(circle.harriet, "PUT", path, {"percent": 50, "sealed": True})
    of_harriet = f"{path}/{circle.harriet.id}"
    hidden = (await circle.ask(circle.emma, "GET", of_harriet)).json()
    assert (hidden["hidden"], hidden["progress"]) == (True, None)
    refused = await circle.ask(circle.emma, "GET", f"{of_harriet}/progress")
    assert (refused.status_code, refused.json()["code"]) == (403, "progress_is_sealed")
    assert (await circle.ask(circle.harriet, "GET", of_harriet)).json()["progress"]["percent"] == 50


async def test_who_was_there_is_written_down_and_closed(circle: Circle, shelf: Shelf) -> None:
    path = f"/v1/meetings/{(await circle.meeting())['id']}"
    code = (await circle.ask(circle.emma, "GET", f"{path}/attendance/code")).json()
    early = await circle.ask(circle.harriet, "POST", f"{path}/attendance", code)
    assert (early.status_code, early.json()["code"]) == (409, "meeting_not_begun")
    with psycopg.connect(shelf.database_url, autocommit=True) as connection:
        connection.execute(BEGIN, (path.rpartition("/")[2],))
    assert (await circle.ask(circle.harriet, "POST", f"{path}/attendance", code)).status_code == 204
    ticked = await circle.ask(
        circle.emma, "PUT", f"{path}/attendees/{circle.emma.id}/attendance", {"attended": True}
    )
    assert ticked.status_code == 204, ticked.text
    closed = (await circle.ask(circle.emma, "POST", f"{path}/close")).json()
    assert (closed["status"], closed["replies"]["attended"]) == ("closed", 2)
    late = await circle.ask(circle.harriet, "PUT", f"{path}/attendees", {"percent": 100})
    assert (late.status_code, late.json()["code"]) == (409, "meeting_is_over")
    club = (await circle.ask(circle.emma, "GET", f"/v1/clubs/{circle.club}")).json()
    assert club["score"] == {"meetings": 1, "attended": 2, "finished": 0, "total": 3}


async def test_a_calendar_program_reads_the_meetings_without_a_token(circle: Circle) -> None:
    meeting = await circle.meeting(place="Hartfield, the kitchen; upstairs", agenda="Volume one.\nTea.")
    given = await circle.ask(circle.harriet, "POST", "/v1/calendars", {"club_id": circle.club})
    assert given.status_code == 201, given.text
    read = await circle.ask(None, "GET", given.json()["path"])
    assert (read.status_code, read.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    lines = read.text.replace("\r\n ", "").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert f"UID:{meeting['id']}@octavo" in lines
    assert "DTSTART:20280501T180000Z" in lines
    assert r"LOCATION:Hartfield\, the kitchen\; upstairs" in lines
    assert r"DESCRIPTION:Volume one.\nTea." in lines
    same = await circle.ask(None, "GET", given.json()["path"], **{"If-None-Match": read.headers["etag"]})
    assert same.status_code == 304
    assert (
        await circle.ask(circle.harriet, "DELETE", f"/v1/calendars?club_id={circle.club}")
    ).status_code == 204
    gone = await circle.ask(None, "GET", given.json()["path"])
    assert (gone.status_code, gone.json()["code"]) == (404, "calendar_not_found")


async def test_meetings_and_attendees_are_leafed_through(circle: Circle, person: MakePerson) -> None:
    meetings = [(await circle.meeting(starts_at=f"2028-05-0{day}T19:00:00"))["id"] for day in (2, 1, 3)]
    path = f"/v1/clubs/{circle.club}/meetings?limit=2"
    first = (await circle.ask(None, "GET", path)).json()
    rest = (await circle.ask(None, "GET", f"{path}&cursor={first['next']}")).json()
    assert [m["id"] for m in first["items"] + rest["items"]] == [meetings[1], meetings[0], meetings[2]]
    path = f"/v1/meetings/{meetings[0]}/attendees"
    for who in (circle.emma, circle.harriet):
        await circle.ask(who, "POST", path)
    one = (await circle.ask(circle.emma, "GET", f"{path}?limit=1")).json()
    other = (await circle.ask(circle.emma, "GET", f"{path}?limit=1&cursor={one['next']}")).json()
    assert [a["reader_id"] for a in one["items"] + other["items"]] == [
        str(circle.emma.id),
        str(circle.harriet.id),
    ]
