"""How one person votes in clubs, in memory and over the API."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from domain.shared.ids import ClubId, VoteId, WorkId
from entrypoints.http.votes.schemas import NewVote
from tests.bdd.drivers.counter import said, told
from tests.bdd.drivers.protocol import Told


class VotesInMemory:
    """Beside the other deeds of a customer in memory, who signs in and says who she is."""

    _use: Any
    _signed_in: Any

    async def open_vote(self, facts: Mapping[str, Any]) -> str:
        async with self._signed_in() as me:
            body = said(facts, NewVote)
            works = [WorkId(work) for work in body.work_ids]
            return str(await self._use.open_vote()(me.user_id, ClubId(body.club_id), body.closes_at, works))

    async def look_at_vote(self, vote: str) -> Told:
        async with self._signed_in() as me:
            seen: Told = told(await self._use.see_vote()(me.user_id, _vote(vote)))
            return seen

    async def propose(self, vote: str, work: str) -> None:
        async with self._signed_in() as me:
            await self._use.propose_work()(me.user_id, _vote(vote), WorkId(UUID(work)))

    async def cast_ballot(self, vote: str, works: Sequence[str]) -> None:
        async with self._signed_in() as me:
            await self._use.cast_ballot()(me.user_id, _vote(vote), [WorkId(UUID(work)) for work in works])

    async def end_vote(self, vote: str) -> None:
        async with self._signed_in() as me:
            await self._use.end_vote()(me.user_id, _vote(vote))


class AsksTheShop(Protocol):
    async def _ask(self, method: str, path: str, body: object = None, **headers: str) -> dict[str, Any]: ...


class VotesOverHttp:
    """The same over the API."""

    async def open_vote(self: AsksTheShop, facts: Mapping[str, Any]) -> str:
        vote: str = (await self._ask("POST", "/v1/votes", facts))["vote_id"]
        return vote

    async def look_at_vote(self: AsksTheShop, vote: str) -> Told:
        return await self._ask("GET", f"/v1/votes/{vote}")

    async def propose(self: AsksTheShop, vote: str, work: str) -> None:
        await self._ask("POST", f"/v1/votes/{vote}/candidates", {"work_id": work})

    async def cast_ballot(self: AsksTheShop, vote: str, works: Sequence[str]) -> None:
        await self._ask("PUT", f"/v1/votes/{vote}/ballot", {"choices": list(works)})

    async def end_vote(self: AsksTheShop, vote: str) -> None:
        await self._ask("POST", f"/v1/votes/{vote}/end")


def _vote(text: str) -> VoteId:
    return VoteId(UUID(text))
