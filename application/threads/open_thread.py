"""Begin to talk about something."""

from application.meetings.shared import door_of
from application.shared.unit_of_work import UnitOfWork
from domain.meetings.errors import MeetingNotFound
from domain.shared.clock import Clock
from domain.shared.ids import ClubId, IdSource, MeetingId, ThreadId, UserId
from domain.threads.limits import WINDOW, demand_room_to_post
from domain.threads.thread import Thread, thread_title


class OpenThread:
    """Members of a club open threads, about one of its meetings or about anything else. In a thread about a
    meeting each post is open to those who have read as much of the work as it gives away.
    """

    def __init__(self, unit_of_work: UnitOfWork, ids: IdSource, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def __call__(
        self, reader: UserId, club_id: ClubId, meeting_id: MeetingId | None, title: str
    ) -> ThreadId:
        """Raises `ClubNotFound`, `NotAMember`, `MeetingNotFound`, `TooManyPosts`, `InvalidInput`."""
        thread_id, now, about = ThreadId(self._ids.new()), self._clock.now(), thread_title(title)
        async with self._unit_of_work() as work:
            demand_room_to_post(await work.threads.posts_since(reader, now - WINDOW), now)
            (await door_of(work, club_id, reader)).demand_member()
            meeting = await work.meetings.read(meeting_id) if meeting_id else None
            if meeting is not None and meeting.club_id != club_id:
                raise MeetingNotFound
            thread = Thread(
                id=thread_id,
                club_id=club_id,
                opened_by=reader,
                opened_at=now,
                title=about,
                meeting_id=meeting_id,
                work_id=meeting.work_id if meeting else None,
            )
            await work.threads.open(thread)
        return thread_id
