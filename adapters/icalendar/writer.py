"""Meetings as iCalendar (RFC 5545): times in UTC, so that no table of zones has to travel along."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

from application.meetings.views import MeetingDetail

LONGEST_LINE: Final = 75  # octets, without the line's end (3.1)
# Nobody says when a meeting ends; an evening's talk takes about that long.
LASTS: Final = "PT2H"
STATUS: Final = {"cancelled": "CANCELLED"}
_ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


class ICalendarWriter:
    """The `CalendarWriter` port."""

    def write(self, name: str, meetings: Sequence[MeetingDetail]) -> str:
        """A calendar with an event for each meeting."""
        lines = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Octavo//Clubs//EN",
            "CALSCALE:GREGORIAN",
            f"NAME:{_text(name)}",  # RFC 7986
            f"X-WR-CALNAME:{_text(name)}",  # what most programs read instead
            "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
            *(line for meeting in meetings for line in _event(meeting)),
            "END:VCALENDAR",
        ]
        return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(meeting: MeetingDetail) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{meeting.id}@octavo"
    # Without a METHOD this is when the event was last changed (3.8.7.2), so the same event reads the same.
    yield f"DTSTAMP:{_moment(meeting.changed_at)}"
    yield f"LAST-MODIFIED:{_moment(meeting.changed_at)}"
    yield f"SEQUENCE:{meeting.version - 1}"
    yield f"DTSTART:{_moment(meeting.starts_at)}"
    yield f"DURATION:{LASTS}"
    yield f"SUMMARY:{_text(f'{meeting.club_name}: {meeting.title}')}"
    if meeting.place is not None:
        yield f"LOCATION:{_text(meeting.place)}"
    if description := "\n\n".join(part for part in (meeting.agenda, meeting.link) if part):
        yield f"DESCRIPTION:{_text(description)}"
    if meeting.link is not None:
        yield f"URL:{meeting.link}"
    yield f"STATUS:{STATUS.get(meeting.status, 'CONFIRMED')}"
    yield "END:VEVENT"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    return text.translate(_ESCAPED)


def _folded(line: str) -> str:
    """Long lines go on in the next one, behind a blank, and no letter is torn apart."""
    parts, room = [""], LONGEST_LINE
    for char in line:
        size = len(char.encode())
        if size > room:
            parts.append("")
            room = LONGEST_LINE - 1
        parts[-1] += char
        room -= size
    return "\r\n ".join(parts)
