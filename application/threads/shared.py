"""What all changes of threads have in common: who may make them."""

from application.meetings.shared import door_of
from application.shared.unit_of_work import Work
from domain.shared.ids import ThreadId, UserId
from domain.threads.errors import ThreadNotFound
from domain.threads.thread import Thread


async def as_member(work: Work, thread_id: ThreadId, reader: UserId) -> Thread:
    """The thread, for what one of its club's members says; it stays as it is meanwhile."""
    thread = await work.threads.read(thread_id)
    (await door_of(work, thread.club_id, reader)).to(ThreadNotFound).demand_member()
    return thread


async def as_host(work: Work, thread_id: ThreadId, reader: UserId) -> Thread:
    """The thread, for a change that the club's owner and hosts may make."""
    thread = await work.threads.get(thread_id)
    (await door_of(work, thread.club_id, reader)).to(ThreadNotFound).demand_host()
    return thread
