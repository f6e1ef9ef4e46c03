"""/v1/friends/card: by what others find me."""

from litestar import Controller, get, post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from application.friends.calling_cards import RenewCallingCard, SeeCallingCard, SignCallingCard
from domain.users.principal import Principal
from entrypoints.http.friends.schemas import Card, Signature


class CallingCardOfReader(Controller):
    """For its owner only."""

    path = "/friends/card"
    tags = ("Friends",)

    @get(description=SeeCallingCard.__doc__)
    async def see(
        self, reader: NamedDependency[Principal], see_calling_card: NamedDependency[SeeCallingCard]
    ) -> Card:
        """My card."""
        return Card.of(await see_calling_card(reader.user_id))

    @put(description=SignCallingCard.__doc__)
    async def sign(
        self,
        data: JSONBody[Signature],
        reader: NamedDependency[Principal],
        sign_calling_card: NamedDependency[SignCallingCard],
    ) -> Card:
        """What to be called."""
        return Card.of(await sign_calling_card(reader.user_id, data.name()))

    @post("/renew", status_code=200, description=RenewCallingCard.__doc__)
    async def renew(
        self, reader: NamedDependency[Principal], renew_calling_card: NamedDependency[RenewCallingCard]
    ) -> Card:
        """A new code; the old one is good no more."""
        return Card.of(await renew_calling_card(reader.user_id))
