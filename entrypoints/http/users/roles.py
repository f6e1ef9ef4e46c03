"""Who is staff. The first admin is made on the shop's own machines: `octavo user grant`."""

from uuid import UUID

from litestar import Controller, delete, put
from litestar.di import NamedDependency
from litestar.params import FromPath

from application.users.change_roles import GrantRole, RevokeRole
from domain.shared.ids import UserId
from domain.users.principal import Principal, Role


class RolesOfUser(Controller):
    """For admins only."""

    path = "/users/{user_id:uuid}/roles/{role:str}"
    tags = ("Accounts",)

    @put(status_code=204)
    async def grant(
        self,
        user_id: FromPath[UUID],
        role: FromPath[Role],
        reader: NamedDependency[Principal],
        grant_role: NamedDependency[GrantRole],
    ) -> None:
        """Give a role; it counts from the user's next request on."""
        await grant_role(UserId(user_id), role, reader)

    @delete()
    async def revoke(
        self,
        user_id: FromPath[UUID],
        role: FromPath[Role],
        reader: NamedDependency[Principal],
        revoke_role: NamedDependency[RevokeRole],
    ) -> None:
        """Take a role away; it counts from the user's next request on."""
        await revoke_role(UserId(user_id), role, reader)
