"""What bets need from outside."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.bets.bet import Bet
from domain.bets.card import RaceCard
from domain.bets.evidence import Evidence
from domain.bets.explanation import Explanation
from domain.bets.lock import Field
from domain.bets.market import Market
from domain.bets.status import MarketKind
from domain.shared.ids import BetId, ClubId, MarketId, MeetingId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The field, who of those asked about runs in it, and how many run in all."""

    field: Field
    running: frozenset[UserId]
    coming: int


class Paddock(Protocol):
    """Where the horses are looked at before a race, and after it. Of a meeting that is there."""

    async def look(self, meeting_id: MeetingId, at: Collection[UserId]) -> Look:
        """As far as a bet needs to know."""
        ...

    async def coming(self, meeting_id: MeetingId) -> Collection[UserId]:
        """Who says that they come."""
        ...

    async def evidence(self, meeting_id: MeetingId) -> Evidence:
        """What is known after the meeting."""
        ...

    async def attendances(
        self, meeting_id: MeetingId, *, since: datetime, until: datetime
    ) -> Mapping[UserId, int]:
        """Who was there, and at how many meetings that began in that time."""
        ...


class Markets(Protocol):
    """Race cards and their markets. Bets hold the card, so that any number are taken side by side; whoever
    changes the card or a market waits for them, and they for whoever changes.
    """

    async def hold_card(self, meeting_id: MeetingId) -> RaceCard | None:
        """It stays as it is until the unit of work ends."""
        ...

    async def card(self, meeting_id: MeetingId) -> RaceCard | None:
        """Load it for a change: nobody else holds or changes it until the unit of work ends."""
        ...

    async def open_card(self, card: RaceCard) -> None:
        """Keep a new one, unless somebody was quicker."""
        ...

    async def save_card(self, card: RaceCard) -> None:
        """Keep what changed."""
        ...

    async def open(self, market: Market) -> None:
        """Keep a new one, unless somebody was quicker."""
        ...

    async def find(self, meeting_id: MeetingId, kind: MarketKind, subject: UserId | None) -> Market | None:
        """The one that is not void, as it is: whoever holds the card knows that it stays so."""
        ...

    async def hold(self, market_id: MarketId) -> Market:
        """It stays as it is until the unit of work ends; raises `MarketNotFound`."""
        ...

    async def get(self, market_id: MarketId) -> Market:
        """Load it for a change; raises `MarketNotFound`."""
        ...

    async def of_meeting(self, meeting_id: MeetingId) -> Sequence[Market]:
        """All of them, oldest first, as they are."""
        ...

    async def save(self, market: Market) -> None:
        """Keep what changed, with its events. Raises `StaleVersion`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of a bet in a round of its market. `brier` is the score of the pick, in ten-thousandths."""

    bet: BetId
    bettor: UserId
    round: int
    explanation: Explanation
    brier: int


class Bets(Protocol):
    """Bets, and what became of them."""

    async def add(self, bet: Bet) -> None:
        """Keep a new one; raises `AlreadyBet`."""
        ...

    async def get(self, bet_id: BetId) -> Bet:
        """Load it for a change; raises `BetNotFound`."""
        ...

    async def save(self, bet: Bet) -> None:
        """Keep what changed."""
        ...

    async def standing(self, market_id: MarketId) -> Sequence[Bet]:
        """Everything that stands on the market, in the order of the bets' ids, as it is."""
        ...

    async def bettors(self, meeting_id: MeetingId) -> Collection[UserId]:
        """Who has a bet standing on the meeting."""
        ...

    async def off(self, market_id: MarketId, running: Collection[str], limit: int) -> Sequence[Bet]:
        """Standing bets on horses that are not among the running ones, locked."""
        ...

    async def median(self, club_id: ClubId) -> int | None:
        """Of the last hundred stakes in the club; None below five."""
        ...

    async def explain(self, results: Sequence[Result]) -> Collection[BetId]:
        """Keep why they got what they got; returns those that were not told in that round before."""
        ...

    async def explained(self, market_id: MarketId, round_: int) -> Sequence[Result]:
        """What was told in that round, in the order of the bets' ids."""
        ...
