"""See with whom one has to do."""

from application.friends.views import Acquaintance, AcquaintancePage, AcquaintanceQuery, FriendViews
from domain.shared.ids import UserId


class ListAcquaintances:
    """A reader sees her friends, who asks her, whom she asks, and whom she blocks; nobody sees those of
    others, and nobody is told by whom she is blocked.
    """

    def __init__(self, views: FriendViews) -> None:
        self._views = views

    async def __call__(self, query: AcquaintanceQuery) -> AcquaintancePage:
        """Raises `InvalidInput` for a foreign cursor."""
        return await self._views.of(query)


class SeeAcquaintance:
    """A reader sees how she stands with another, as far as they have to do with each other."""

    def __init__(self, views: FriendViews) -> None:
        self._views = views

    async def __call__(self, reader: UserId, other: UserId) -> Acquaintance:
        """Raises `ReaderNotFound`."""
        return await self._views.one(reader, other)
