"""What one person does with others, in memory and over the API."""

from collections.abc import Sequence
from typing import Any, Protocol
from uuid import UUID

from application.friends.views import AcquaintanceQuery
from domain.friends.calling_card import CardCode
from domain.friends.friendship import Standing
from domain.shared.ids import UserId
from entrypoints.http.friends.schemas import Card, Signature
from tests.bdd.drivers.counter import told
from tests.bdd.drivers.protocol import Told


class FriendsInMemory:
    """Beside the other deeds of a customer in memory, who signs in and says who she is."""

    _use: Any
    _signed_in: Any

    async def calling_card(self) -> Told:
        async with self._signed_in() as me:
            return told(Card.of(await self._use.see_calling_card()(me.user_id)))

    async def sign_card(self, name: str) -> None:
        async with self._signed_in() as me:
            await self._use.sign_calling_card()(me.user_id, Signature(name).name())

    async def renew_card(self) -> None:
        async with self._signed_in() as me:
            await self._use.renew_calling_card()(me.user_id)

    async def ask_to_be_friends(self, code: str) -> None:
        async with self._signed_in() as me:
            await self._use.ask_reader()(me.user_id, CardCode.parse(code))

    async def answer_friend(self, other: UUID, *, accepted: bool) -> None:
        async with self._signed_in() as me:
            answer = self._use.accept_friend() if accepted else self._use.decline_friend()
            await answer(me.user_id, UserId(other))

    async def end_friendship(self, other: UUID) -> None:
        async with self._signed_in() as me:
            await self._use.end_friendship()(me.user_id, UserId(other))

    async def block(self, other: UUID) -> None:
        async with self._signed_in() as me:
            await self._use.block_reader()(me.user_id, UserId(other))

    async def unblock(self, other: UUID) -> None:
        async with self._signed_in() as me:
            await self._use.unblock_reader()(me.user_id, UserId(other))

    async def acquaintances(self, standing: str) -> Sequence[Told]:
        async with self._signed_in() as me:
            query = AcquaintanceQuery(reader=me.user_id, standing=Standing(standing), limit=100, cursor=None)
            items: Sequence[Told] = told((await self._use.list_acquaintances()(query)).items)
            return items


class AsksTheShop(Protocol):
    async def _ask(self, method: str, path: str, body: object = None, **headers: str) -> dict[str, Any]: ...


class FriendsOverHttp:
    """The same over the API."""

    async def calling_card(self: AsksTheShop) -> Told:
        return await self._ask("GET", "/v1/friends/card")

    async def sign_card(self: AsksTheShop, name: str) -> None:
        await self._ask("PUT", "/v1/friends/card", {"display_name": name})

    async def renew_card(self: AsksTheShop) -> None:
        await self._ask("POST", "/v1/friends/card/renew")

    async def ask_to_be_friends(self: AsksTheShop, code: str) -> None:
        await self._ask("POST", "/v1/friends", {"code": code})

    async def answer_friend(self: AsksTheShop, other: UUID, *, accepted: bool) -> None:
        await self._ask("POST", f"/v1/friends/{other}/{'accept' if accepted else 'decline'}")

    async def end_friendship(self: AsksTheShop, other: UUID) -> None:
        await self._ask("DELETE", f"/v1/friends/{other}")

    async def block(self: AsksTheShop, other: UUID) -> None:
        await self._ask("PUT", f"/v1/friends/{other}/block")

    async def unblock(self: AsksTheShop, other: UUID) -> None:
        await self._ask("DELETE", f"/v1/friends/{other}/block")

    async def acquaintances(self: AsksTheShop, standing: str) -> Sequence[Told]:
        page = await self._ask("GET", f"/v1/friends?limit=100&standing={standing}")
        items: Sequence[Told] = page["items"]
        return items
