"""A reader's points."""

from application.points.views import PointsStatement, PointsViews
from domain.users.principal import Principal


class SeePoints:
    """Readers see their own points and every movement of them, with its reason. Points are a game: they have
    no cash value, cannot be bought, sold or passed on, and nothing in the shop is paid with them.
    """

    def __init__(self, views: PointsViews) -> None:
        self._views = views

    async def __call__(self, reader: Principal, *, before: int | None, limit: int) -> PointsStatement:
        """A page, newest first."""
        found = await self._views.lines(reader.user_id, before=before, limit=limit + 1)
        balance = await self._views.balance(reader.user_id)
        page = found[:limit]
        return PointsStatement(balance, page, page[-1].number if len(found) > limit else None)
