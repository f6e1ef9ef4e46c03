"""Members who bet while the house burns, and remember what they were told."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

import httpx

from domain.shared.ids import BetId, MeetingId, UserId
from tests.torture.betting.verdict import Heard

STUBBORN, PAUSE = 120, 0.5  # tries, and seconds between them: longer than any part is away
AT_ONCE = 12
MOST = 60
WITHDRAWN = 0.3  # of the bets
TROUBLE = 500  # and above: of the house, not an answer
MADE, OK = 201, 200


@dataclass
class Answers:
    """The shop's door, and the last word about each bet that was heard there."""

    heard: list[Heard] = field(default_factory=list)
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    silences: int = 0

    @asynccontextmanager
    async def asking(self, address: str) -> AsyncIterator[None]:
        """The door is open while the block runs."""
        async with httpx.AsyncClient(base_url=address, timeout=20) as self._door:
            yield

    async def insist(
        self, method: str, path: str, headers: Mapping[str, str], body: object = None
    ) -> httpx.Response:
        """The same request until it is answered."""
        for _ in range(STUBBORN):
            try:
                answer = await self._door.request(
                    method, path, headers={**headers, "If-Match": "*"}, json=body
                )
            except httpx.TransportError:
                self.silences += 1
            else:
                if answer.status_code < TROUBLE:
                    return answer
                self.silences += 1
            await asyncio.sleep(PAUSE)
        raise AssertionError(f"{method} {path} was never answered")


@dataclass(frozen=True)
class Player:
    """One member with points, and whom there is to be backed."""

    reader: UserId
    headers: Mapping[str, str]
    runners: Sequence[str]
    answers: Answers

    async def plays(self, meetings: Sequence[MeetingId], chance: Random) -> None:
        """Some bets on every meeting, some of them taken back."""
        for meeting in chance.sample(meetings, k=len(meetings)):
            body, withdraws = self._wish(meeting, chance), chance.random() < WITHDRAWN
            async with self.answers.turns:
                await self._bets(body, withdraws=withdraws)

    async def _bets(self, body: Mapping[str, Any], *, withdraws: bool) -> None:
        made = await self.answers.insist("POST", "/v1/bets", self.headers, body)
        if made.status_code != MADE:
            return  # refused; or the answer to a first try was lost, and the bet stands already
        bet = BetId(UUID(made.json()["id"]))
        self.answers.heard.append(Heard(bet, stands=True))
        if withdraws:
            back = await self.answers.insist("DELETE", f"/v1/bets/{bet}", self.headers)
            if back.status_code == OK:
                self.answers.heard.append(Heard(bet, stands=False))

    def _wish(self, meeting: MeetingId, chance: Random) -> dict[str, Any]:
        horse, amount = chance.choice(self.runners), chance.randint(1, MOST)
        wish: dict[str, Any] = {"meeting_id": str(meeting), "amount": amount}
        kind = chance.choices(("race", "finishes", "attendance"), (7, 2, 1))[0]
        if kind == "attendance":
            return wish | {"market": kind, "pick": chance.choice(("over", "under"))}
        if kind == "finishes":
            return wish | {"market": kind, "horse_id": horse, "pick": chance.choice(("yes", "no"))}
        return wish | {"horse_id": horse}
