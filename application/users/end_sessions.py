"""Signing out, here or elsewhere."""

from application.shared.unit_of_work import UnitOfWork
from domain.shared.clock import Clock
from domain.shared.ids import SessionId
from domain.users.principal import Principal


class EndSession:
    """A reader may sign out any of her own devices; it counts from that device's next request on."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, reader: Principal, session_id: SessionId) -> None:
        """Raises `NoSuchSession` for somebody else's as for one that has ended."""
        async with self._unit_of_work() as work:
            session = await work.sessions.get(session_id, reader.user_id)
            session.end(self._clock.now())
            await work.sessions.save(session)


class EndOtherSessions:
    """A reader may sign out every device but the one in her hands."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, reader: Principal) -> None:
        """Repeating it is harmless."""
        async with self._unit_of_work() as work:
            await work.sessions.end_all(reader.user_id, self._clock.now(), but=reader.session_id)
