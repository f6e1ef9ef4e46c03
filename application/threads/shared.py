"""What all changes of threads have in common: who may make them."""

from application.meetings.shared import door_of
from application.shared.unit_of_work import Work
from domain.clubs.door import Door
from domain.clubs.errors import ClubNotFound
from domain.shared.ids import ThreadId, UserId
from domain.threads.errors import ThreadNotFound
from domain.threads.thread import Thread


async def as_member(work: Work, thread_id: ThreadId, reader: UserId) -> Thread:
    """The thread, for what one of its club's members says; it stays as it is meanwhile."""
    thread = await work.threads.read(thread_id)
    _shown(await door_of(work, thread.club_id, reader)).demand_member()
    return thread


async def as_host(work: Work, thread_id: ThreadId, reader: UserId) -> Thread:
    """The thread, for a change that the club's owner and hosts may make."""
    thread = await work.threads.get(thread_id)
    _shown(await door_of(work, thread.club_id, reader)).demand_host()
    return thread


def members_only(door: Door) -> Door:
    """What is said in a club is for its members; where the club shows nothing, its threads are not there."""
    _shown(door).demand_member()
    return door


def _shown(door: Door) -> Door:
    try:
        door.demand_insight()
    except ClubNotFound as unseen:
        raise ThreadNotFound from unseen
    return door
