"""Who works in the shop."""

from collections.abc import Sequence

from application.users.views import AccountViews, Profile
from domain.users.principal import Role


class ListStaff:
    """For whoever has a shell on the shop's machines: everybody with one of the roles, once."""

    def __init__(self, views: AccountViews) -> None:
        self._views = views

    async def __call__(self, roles: Sequence[Role]) -> list[Profile]:
        """By registration, oldest first."""
        found = {profile.id: profile for role in roles for profile in await self._views.with_role(role)}
        return sorted(found.values(), key=lambda profile: profile.registered_at)
