"""/v1/friends: a reader's friends, who wants to become one, and whom she does not want to meet."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from application.friends.answer_request import AcceptFriend, DeclineFriend
from application.friends.ask_reader import AskReader
from application.friends.part_ways import BlockReader, EndFriendship, UnblockReader
from application.friends.see_friends import ListAcquaintances, SeeAcquaintance
from application.friends.views import LONGEST_PAGE, Acquaintance, AcquaintanceQuery
from domain.friends.friendship import Standing
from domain.shared.ids import UserId
from domain.users.principal import Principal
from entrypoints.http.friends.schemas import Acquaintances, Question


class Friends(Controller):
    """Readers are found by the code of a card, never by an address: nobody learns who has an account."""

    path = "/friends"
    tags = ("Friends",)

    @get(description=ListAcquaintances.__doc__)
    async def list_friends(
        self,
        reader: NamedDependency[Principal],
        list_acquaintances: NamedDependency[ListAcquaintances],
        standing: FromQuery[Standing] = Standing.FRIENDS,
        limit: Annotated[int, QueryParameter(ge=1, le=LONGEST_PAGE, description="How many at most.")] = 20,
        cursor: Annotated[str | None, QueryParameter(description="The `next` of the page before.")] = None,
    ) -> Acquaintances:
        """Those who stand so, the latest first."""
        query = AcquaintanceQuery(reader=reader.user_id, standing=standing, limit=limit, cursor=cursor)
        page = await list_acquaintances(query)
        return Acquaintances(page.items, page.next)

    @post(description=AskReader.__doc__)
    async def ask(
        self,
        data: JSONBody[Question],
        reader: NamedDependency[Principal],
        ask_reader: NamedDependency[AskReader],
        see_acquaintance: NamedDependency[SeeAcquaintance],
    ) -> Response[Acquaintance]:
        """201 where this changed something, 200 where it was so already."""
        asked = await ask_reader(reader.user_id, data.card_code())
        acquaintance = await see_acquaintance(reader.user_id, asked.other)
        where = {"Location": f"/v1/friends/{asked.other}"}
        return Response(acquaintance, status_code=201 if asked.changed else 200, headers=where)

    @get("/{reader_id:uuid}", description=SeeAcquaintance.__doc__)
    async def see(
        self,
        reader_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        see_acquaintance: NamedDependency[SeeAcquaintance],
    ) -> Acquaintance:
        """How I stand with her."""
        return await see_acquaintance(reader.user_id, UserId(reader_id))

    @post("/{reader_id:uuid}/accept", status_code=200, description=AcceptFriend.__doc__)
    async def accept(
        self,
        reader_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        accept_friend: NamedDependency[AcceptFriend],
        see_acquaintance: NamedDependency[SeeAcquaintance],
    ) -> Acquaintance:
        """Yes."""
        await accept_friend(reader.user_id, UserId(reader_id))
        return await see_acquaintance(reader.user_id, UserId(reader_id))

    @post("/{reader_id:uuid}/decline", status_code=204, description=DeclineFriend.__doc__)
    async def decline(
        self,
        reader_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        decline_friend: NamedDependency[DeclineFriend],
    ) -> None:
        """No."""
        await decline_friend(reader.user_id, UserId(reader_id))

    @delete("/{reader_id:uuid}", description=EndFriendship.__doc__)
    async def end(
        self,
        reader_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        end_friendship: NamedDependency[EndFriendship],
    ) -> None:
        """Not any more."""
        await end_friendship(reader.user_id, UserId(reader_id))

    @put("/{reader_id:uuid}/block", status_code=204, description=BlockReader.__doc__)
    async def block(
        self,
        reader_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        block_reader: NamedDependency[BlockReader],
    ) -> None:
        """Nothing more from her."""
        await block_reader(reader.user_id, UserId(reader_id))

    @delete("/{reader_id:uuid}/block", description=UnblockReader.__doc__)
    async def unblock(
        self,
        reader_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        unblock_reader: NamedDependency[UnblockReader],
    ) -> None:
        """She may find me again."""
        await unblock_reader(reader.user_id, UserId(reader_id))
