"""Tell how far one has read."""

from dataclasses import dataclass

from application.meetings.shared import as_member, attendee_of
from application.shared.unit_of_work import UnitOfWork, Work
from domain.books.errors import BookNotFound
from domain.meetings.attendee import Attendee
from domain.meetings.meeting import Meeting
from domain.meetings.progress import TYPICAL_PAGES, Position, Unit
from domain.shared.clock import Clock
from domain.shared.errors import InvalidInput
from domain.shared.ids import BookId, MeetingId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingNews:
    """What a reader tells. `number` is counted in `unit`, of `of`; `edition` is the one she reads; `sealed`:
    other readers shall see it only when the meeting is near. What is None stays as it was.
    """

    unit: Unit | None = None
    number: int | None = None
    of: int | None = None
    edition: BookId | None = None
    finished: bool = False
    sealed: bool | None = None


class NoteProgress:
    """Members tell how far they are, by page, percent, chapter or listening time of their own edition, until
    the meeting is closed. Leafing back and forth adds nothing, and more than three pages a minute are
    believed only as time passes.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(
        self, reader: UserId, meeting_id: MeetingId, news: ReadingNews, seen: int | None
    ) -> None:
        """`seen` is the version looked at before; None: whatever it is. Raises `MeetingNotFound`,
        `NotAMember`, `MeetingIsOver`, `StaleVersion`, `BookNotFound`, `EditionLengthUnknown`, and
        `InvalidInput` for what no edition has.
        """
        now = self._clock.now()
        async with self._unit_of_work() as work:
            meeting = await as_member(work, meeting_id, reader)
            meeting.demand_open()
            attendee = await attendee_of(work, meeting, reader, now)
            if seen is not None:
                attendee.expect(seen)
            if news.sealed is not None:
                attendee.seal(now, sealed=news.sealed)
            if news.unit is not None or news.finished:
                pages = await _pages(work, meeting, attendee, news)
                attendee.note_progress(
                    _position(news, attendee, pages),
                    now,
                    finished=news.finished,
                    edition=news.edition,
                    pages=pages,
                )
            await work.meetings.keep(attendee)


async def _pages(work: Work, meeting: Meeting, attendee: Attendee, news: ReadingNews) -> int | None:
    """How long the work is in her edition, or else in the one in the middle."""
    edition = news.edition or attendee.progress.edition
    if edition is not None:
        book = await work.books.get(edition)
        if book.work_id != meeting.work_id:
            raise BookNotFound("This is no edition of the work that the meeting is about.")
        if book.facts.pages is not None:
            return book.facts.pages
    return await work.work_lengths.pages(meeting.work_id)


def _position(news: ReadingNews, attendee: Attendee, pages: int | None) -> Position | None:
    """In the terms she uses: the whole is what she says, or said before, or what the catalogue knows of
    pages. An edition of unknown length has as many pages as most, as long as she is not beyond them.
    """
    if news.unit is None:
        return None
    if news.number is None:
        raise InvalidInput(news.unit.value, "Send how far you are.")
    of, before = news.of, attendee.progress.position
    if of is None and before is not None and before.unit is news.unit and news.edition is None:
        of = before.of
    if of is None and news.unit is Unit.PAGE:
        of = pages or (TYPICAL_PAGES if news.number < TYPICAL_PAGES else None)
    return Position.told(news.unit, news.number, of)
