"""Where a reader is signed in."""

from application.users.views import AccountViews, OpenSession
from domain.shared.clock import Clock
from domain.users.principal import Principal


class ListSessions:
    """Readers see their own devices, as long as these can go on without the password."""

    def __init__(self, views: AccountViews, clock: Clock) -> None:
        self._views = views
        self._clock = clock

    async def __call__(self, reader: Principal) -> list[OpenSession]:
        """The latest first."""
        return await self._views.open_sessions(reader.user_id, self._clock.now())
