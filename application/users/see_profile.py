"""What the shop knows of a reader."""

from application.users.views import AccountViews, Profile
from domain.users.principal import Principal


class SeeProfile:
    """Readers see their own account and nobody else's."""

    def __init__(self, views: AccountViews) -> None:
        self._views = views

    async def __call__(self, reader: Principal) -> Profile:
        """As it is stored now."""
        return await self._views.profile(reader.user_id)
