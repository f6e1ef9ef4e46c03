"""What the shop knows of the reader, and what she changes about it."""

from typing import Any

from litestar import Controller, Request, delete, get, patch, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from application.users.change_profile import ChangeProfile
from application.users.erase_account import EraseOwnAccount
from application.users.see_profile import SeeProfile
from domain.users.principal import Principal
from entrypoints.http.users.device import source_of
from entrypoints.http.users.schemas import Erasure, ProfilePatch, ProfilePut, User


class ProfileOfReader(Controller):
    """For its owner only."""

    path = "/users/profile"
    tags = ("Accounts",)

    @get()
    async def show(
        self, reader: NamedDependency[Principal], see_profile: NamedDependency[SeeProfile]
    ) -> User:
        """Your account."""
        return User.of(await see_profile(reader))

    @put()
    async def replace(
        self,
        data: JSONBody[ProfilePut],
        request: Request[Any, Any, Any],
        reader: NamedDependency[Principal],
        change_profile: NamedDependency[ChangeProfile],
    ) -> User:
        """Say everything anew: a missing phone number or address is removed."""
        return User.of(await change_profile(reader, data.change(), source_of(request)))

    @patch()
    async def amend(
        self,
        data: JSONBody[ProfilePatch],
        request: Request[Any, Any, Any],
        reader: NamedDependency[Principal],
        change_profile: NamedDependency[ChangeProfile],
    ) -> User:
        """Change what is named. `email` and `password` need `current_password`; a new password signs
        every other device out.
        """
        return User.of(await change_profile(reader, data.change(), source_of(request)))

    @delete()
    async def erase(
        self,
        data: JSONBody[Erasure],
        request: Request[Any, Any, Any],
        reader: NamedDependency[Principal],
        erase_own_account: NamedDependency[EraseOwnAccount],
    ) -> None:
        """Erase your account for ever, once nothing that you ordered is under way and no club in which
        others are is yours. Reviews stay as stars, posts without words, points and bets under no name.
        """
        await erase_own_account(reader, data.current_password, source_of(request))
