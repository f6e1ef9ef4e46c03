"""A shop as `octavo up` starts it, whose parts are killed while a club bets, and while it is paid."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import psycopg
from temporalio.service import RPCError

from domain.meetings.status import Rsvp
from domain.shared.ids import MeetingId, UserId
from domain.users.principal import Role
from entrypoints.container import Container, opened
from entrypoints.settings import Settings
from tests.betting import Track
from tests.fakes.time import StandingClock
from tests.http.people import Person, newcomer
from tests.torture.betting.onlooker import looking_on
from tests.torture.betting.players import Answers, Player
from tests.torture.betting.trial import judged
from tests.torture.betting.verdict import Verdict
from tests.torture.house import House
from tests.torture.nemesis import Nemesis
from tests.torture.stage import open_accounts

# What becomes of the meetings: `won` while bets come, called off, a horse leaves, a result is disputed and
# ruled on by two hosts at once, and one is corrected after it was paid.
FATES = ("raced", "won", "called off", "left", "disputed", "corrected")
HORSES, CROWD, POINTS = 3, 1_200, 4_000  # the crowd's bets are two shards of the first market
AHEAD, BEGAN = timedelta(days=10), timedelta(days=5)
SETTINGS = {"OCTAVO_DISPUTE_MINUTES": "1"}
BEFORE_PAYING = 50.0  # seconds after the proposal: the next kills meet what is paid a minute after it
QUIET_WITHIN = 240.0  # seconds
PATIENCE = 120.0  # seconds until something that must happen has happened
_BEGIN = """
WITH cards AS (UPDATE race_cards SET bet_for = now() WHERE meeting_id = ANY(%(meetings)s::uuid[]))
UPDATE meetings SET starts_at = now() WHERE id = ANY(%(meetings)s::uuid[]) RETURNING id
"""
_QUIET = """
SELECT NOT EXISTS (SELECT FROM markets WHERE status NOT IN ('settled', 'voided'))
    AND NOT EXISTS (SELECT FROM outbox WHERE published_at IS NULL)
"""
_PROPOSED = "SELECT NOT EXISTS (SELECT FROM markets WHERE status IN ('open', 'locked'))"
_RACE = """
SELECT id FROM markets WHERE meeting_id = %(meeting)s AND kind = 'first_to_finish' ORDER BY id LIMIT 1
"""
_ENDED = "SELECT status IN ('settled', 'voided') FROM markets WHERE id = %(market)s"


@dataclass
class Storm:
    """What there is to be tortured, and what came of it."""

    house: House
    settings: Settings
    shop: Container
    seed: int
    answers: Answers = field(default_factory=Answers)

    def __post_init__(self) -> None:
        box = self.shop.adapters
        self.chance, self.nemesis = Random(self.seed), Nemesis(self.house, self.seed)
        # Whoever comes to a meeting began the book days ago, so that a finish is believed.
        self.track = Track(box.unit_of_work(), StandingClock(box.clock().now() - BEGAN))
        self.kinds: dict[MeetingId, str] = {}

    async def rage(self, bettors: int, kills: int) -> tuple[int, list[str]]:
        """From the first bet to quiet. How often somebody looked into the books, and what was wrong then."""
        await self._prepare(bettors)
        door = self.answers.asking(self.settings.http.local_url)
        async with looking_on(self.settings.database.url) as onlooker, door:
            raging = asyncio.create_task(self.nemesis.rage(kills // 2))
            doing = [self._meanwhile(meeting, fate) for meeting, fate in self.kinds.items()]
            await asyncio.gather(*(player.plays(list(self.kinds), self.chance) for player in self.players))
            await asyncio.gather(*doing)
            await raging
            await self._meetings_take_place()
            await self._until(_PROPOSED)
            raging = asyncio.create_task(self._rage_later(kills - kills // 2))
            await asyncio.gather(*(self._afterwards(meeting, fate) for meeting, fate in self.kinds.items()))
            await raging
            self.calm = await self._calm_down()
        return onlooker.looks, onlooker.astray

    async def _calm_down(self) -> float:
        """Wait for quiet, as long as is fair; returns how long it took."""
        began = time.monotonic()
        while time.monotonic() - began < QUIET_WITHIN and not await self._is_quiet():  # noqa: ASYNC110 - other processes work
            await asyncio.sleep(1)
        return time.monotonic() - began

    async def judged(self, astray: Sequence[str]) -> Verdict:
        """With connections of its own: those from before the storm were killed with the others."""
        async with opened(Container(settings=self.settings)) as fresh:
            track = Track(fresh.adapters.unit_of_work())
            views = fresh.adapters.betting_views()
            return await judged(track, views, self.bettors, self.answers.heard, astray)

    # -- the stage -------------------------------------------------------------------------------------

    async def _prepare(self, bettors: int) -> None:
        self.hosts = [await newcomer(self.shop) for _ in range(2)]
        self.clerk = await newcomer(self.shop, Role.STAFF)
        self.horses = [await newcomer(self.shop) for _ in range(HORSES)]
        self.track.host = self.hosts[0].id
        club = await self.track.club()
        await self.track.enrol(club, [self.hosts[1].id], 0, hosts=True)
        await self.track.enrol(club, [horse.id for horse in self.horses], 0)
        accounts = await open_accounts(self.shop, bettors)
        await self.track.enrol(club, [UserId(one.user_id) for one in accounts], POINTS)
        runners = [str(horse.id) for horse in self.horses]
        self.players = [Player(UserId(one.user_id), one.headers, runners, self.answers) for one in accounts]
        for fate in FATES:
            meeting = await self.track.meeting(club, AHEAD + BEGAN)
            self.kinds[meeting] = fate
            for horse in self.horses:
                await self.track.answers(meeting, horse.id, Rsvp.COMING)
        early = await self.track.member(club)
        first = await self.track.bets(early, next(iter(self.kinds)), self.horses[0].id)
        crowd = await self.track.crowd(first, [horse.id for horse in self.horses], CROWD)
        self.bettors = [early, *crowd, *(player.reader for player in self.players)]

    # -- what happens to meetings ----------------------------------------------------------------------

    async def _meanwhile(self, meeting: MeetingId, fate: str) -> None:
        await asyncio.sleep(self.chance.uniform(3, 12))
        path = f"/v1/meetings/{meeting}"
        match fate:
            case "won":
                await self._finishes(meeting, self.horses[0])
            case "called off":
                await self.answers.insist("POST", f"{path}/cancel", self.hosts[0].headers)
            case "left":
                gone = {"rsvp": "declined"}
                await self.answers.insist("POST", f"{path}/attendees", self.horses[2].headers, gone)

    async def _meetings_take_place(self) -> None:
        held = [meeting for meeting, fate in self.kinds.items() if fate != "called off"]
        for meeting in held:
            for horse in self.horses[: self.chance.randint(1, 2)]:  # two: often a dead heat
                await self._finishes(meeting, horse)
        await self._look(_BEGIN, meetings=held)  # ten days in a moment
        await asyncio.gather(*(self._close(meeting, host) for meeting in held for host in self.hosts))

    async def _afterwards(self, meeting: MeetingId, fate: str) -> None:
        if fate == "disputed":
            race = await self._race(meeting)
            path = f"/v1/meetings/{meeting}/markets/{race}"
            await self.answers.insist("POST", f"{path}/dispute", self.players[0].headers)
            await asyncio.gather(
                *(
                    self.answers.insist("POST", f"{path}/ruling", host.headers, {"winners": [str(horse.id)]})
                    for host, horse in zip(self.hosts, self.horses, strict=False)
                )
            )
        if fate == "corrected":
            race = await self._race(meeting)
            await self._until(_ENDED, market=race)
            right = {"winners": [str(self.horses[1].id)]}
            path = f"/v1/meetings/{meeting}/markets/{race}/correction"
            await self.answers.insist("POST", path, self.clerk.headers, right)

    async def _finishes(self, meeting: MeetingId, horse: Person) -> None:
        path = f"/v1/meetings/{meeting}/attendees"
        await self.answers.insist("PUT", path, horse.headers, {"finished": True})

    async def _close(self, meeting: MeetingId, host: Person) -> None:
        await self.answers.insist("POST", f"/v1/meetings/{meeting}/close", host.headers)

    async def _rage_later(self, kills: int) -> None:
        await asyncio.sleep(BEFORE_PAYING)
        await self.nemesis.rage(len(self.nemesis.kills) + kills)

    # -- what the books say ----------------------------------------------------------------------------

    async def _race(self, meeting: MeetingId) -> UUID:
        found: UUID = await self._look(_RACE, meeting=meeting)
        return found

    async def _is_quiet(self) -> bool:
        client = await self.shop.adapters.temporal().client()
        try:
            running = await client.count_workflows("ExecutionStatus = 'Running' AND WorkflowType = 'Meeting'")
        except RPCError:
            return False  # it was killed a moment ago
        return bool(await self._look(_QUIET)) and running.count == 0

    async def _until(self, true: str, **values: object) -> None:
        async with asyncio.timeout(PATIENCE):
            while not await self._look(true, **values):  # noqa: ASYNC110 - other processes work
                await asyncio.sleep(0.5)

    async def _look(self, statement: str, **values: object) -> Any:  # noqa: ANN401 - one value of any kind
        """The first value; asked again while the database is away."""
        while True:
            try:
                opening = psycopg.AsyncConnection.connect(self.settings.database.url, autocommit=True)
                async with await opening as connection:
                    row = await (await connection.execute(statement.encode(), values)).fetchone()
            except psycopg.OperationalError:
                await asyncio.sleep(0.5)
            else:
                return row[0] if row else None


@asynccontextmanager
async def storm(home: Path, seed: int) -> AsyncIterator[Storm]:
    """The shop is open while the block runs."""
    house = House(home, **SETTINGS)
    try:
        settings = await house.opened()
        async with opened(Container(settings=settings)) as shop:
            yield Storm(house, settings, shop, seed)
    finally:
        house.close()
