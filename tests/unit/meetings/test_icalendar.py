"""Calendars as RFC 5545 has them."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from adapters.icalendar.writer import LONGEST_LINE, ICalendarWriter
from application.meetings.views import MeetingDetail, Replies
from domain.shared.ids import ClubId, MeetingId, WorkId


def meeting(**said: Any) -> MeetingDetail:  # noqa: ANN401 - any field
    facts: dict[str, Any] = {
        "id": MeetingId(UUID(int=1)),
        "version": 3,
        "club_id": ClubId(UUID(int=2)),
        "club_name": "Highbury Readers",
        "work_id": WorkId(UUID(int=3)),
        "title": "Emma",
        "authors": ["Jane Austen"],
        "starts_at": datetime(2028, 7, 14, 18, tzinfo=UTC),
        "time_zone": "Europe/London",
        "status": "scheduled",
        "place": None,
        "link": None,
        "agenda": None,
        "changed_at": datetime(2028, 7, 1, 9, 30, tzinfo=UTC),
        "replies": Replies(coming=0, maybe=0, declined=0, attended=0),
        "rsvp": None,
    }
    return MeetingDetail(**{**facts, **said})


def lines(*meetings: MeetingDetail, name: str = "Book clubs") -> list[str]:
    return ICalendarWriter().write(name, meetings).replace("\r\n ", "").split("\r\n")


def test_an_event_says_what_it_must() -> None:
    assert lines(meeting())[7:-2] == [
        "BEGIN:VEVENT",
        "UID:00000000-0000-0000-0000-000000000001@octavo",
        "DTSTAMP:20280701T093000Z",
        "LAST-MODIFIED:20280701T093000Z",
        "SEQUENCE:2",
        "DTSTART:20280714T180000Z",
        "DURATION:PT2H",
        "SUMMARY:Highbury Readers: Emma",
        "STATUS:CONFIRMED",
        "END:VEVENT",
    ]


def test_what_was_called_off_is_said_to_be() -> None:
    assert "STATUS:CANCELLED" in lines(meeting(status="cancelled"))


def test_signs_of_the_format_are_escaped() -> None:
    assert r"LOCATION:a\\b\, c\; d\ne" in lines(meeting(place="a\\b, c; d\ne"))


@pytest.mark.parametrize("letter", ["a", "é", "書", "📚"])
@pytest.mark.parametrize("length", [1, 60, 75, 150, 400])
def test_no_line_is_longer_than_75_octets_and_no_letter_is_torn(letter: str, length: int) -> None:
    text = ICalendarWriter().write(letter * length, [])
    assert all(len(line.encode()) <= LONGEST_LINE for line in text.split("\r\n"))
    assert f"NAME:{letter * length}" in text.replace("\r\n ", "").split("\r\n")


def test_a_calendar_without_meetings_is_one() -> None:
    assert lines()[0] == "BEGIN:VCALENDAR"
    assert lines()[-2:] == ["END:VCALENDAR", ""]


def test_the_same_meetings_give_the_same_text() -> None:
    assert ICalendarWriter().write("x", [meeting()]) == ICalendarWriter().write("x", [meeting()])
