"""How one person buys with her club, in memory and over the API."""

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

from domain.shared.ids import ClubBuyId, ClubId
from entrypoints.http.club_buys.schemas import NewClubBuy, ShareBody
from tests.bdd.drivers.counter import said, told
from tests.bdd.drivers.protocol import Told


class ClubBuysInMemory:
    """Beside the other deeds of a customer in memory, who signs in and says who she is."""

    _use: Any
    _signed_in: Any

    async def open_club_buy(self, facts: Mapping[str, Any]) -> Told:
        async with self._signed_in() as me:
            body = said(facts, NewClubBuy)
            opens = self._use.open_club_buy()
            buy = await opens(me.user_id, ClubId(body.club_id), body.isbn(), body.latest_date)
            return told(await self._use.see_club_buy()(me.user_id, buy))

    async def look_at_club_buy(self, buy: str) -> Told:
        async with self._signed_in() as me:
            return told(await self._use.see_club_buy()(me.user_id, _buy(buy)))

    async def join_club_buy(self, buy: str, wish: Mapping[str, Any]) -> Told:
        async with self._signed_in() as me:
            await self._use.join_club_buy()(me.user_id, _buy(buy), said(wish, ShareBody).wish())
            return told(await self._use.see_club_buy()(me.user_id, _buy(buy)))

    async def close_club_buy(self, buy: str) -> None:
        async with self._signed_in() as me:
            await self._use.close_club_buy()(me.user_id, _buy(buy))


class AsksTheShop(Protocol):
    async def _ask(self, method: str, path: str, body: object = None, **headers: str) -> dict[str, Any]: ...


class ClubBuysOverHttp:
    """The same over the API."""

    async def open_club_buy(self: AsksTheShop, facts: Mapping[str, Any]) -> Told:
        return await self._ask("POST", "/v1/club-buys", facts)

    async def look_at_club_buy(self: AsksTheShop, buy: str) -> Told:
        return await self._ask("GET", f"/v1/club-buys/{buy}")

    async def join_club_buy(self: AsksTheShop, buy: str, wish: Mapping[str, Any]) -> Told:
        return await self._ask("POST", f"/v1/club-buys/{buy}/shares", wish)

    async def close_club_buy(self: AsksTheShop, buy: str) -> None:
        await self._ask("POST", f"/v1/club-buys/{buy}/close")


def _buy(text: str) -> ClubBuyId:
    return ClubBuyId(UUID(text))
