"""A market: one question about a meeting, and everything staked on its answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.bets.errors import BettingLocked, MarketCannotMove, NothingToDispute
from domain.bets.events import MarketLocked, MarketProposed, MarketSettled, MarketVoided
from domain.bets.status import MARKET_BEHIND, MARKET_MOVES, TERMINAL, MarketKind, MarketStatus, VoidReason
from domain.shared.events import Aggregate
from domain.shared.ids import ClubId, MarketId, MeetingId, UserId

DISPUTE_WINDOW: Final = timedelta(hours=24)
# Who disputes wants a person to look. A week later nobody has, and nobody is to lose by that.
RULE_WITHIN: Final = timedelta(days=7)


@dataclass(kw_only=True, slots=True)
class Market(Aggregate):
    """`subject` is whom it is about (`FINISHES`), `line` what attendance is over or under of. `round` counts
    settlements: a correction reverses one and begins the next. `void_because` is set once it is to be void;
    `season` is the one it counts in. While it is `paying`, nobody changes the result.
    """

    id: MarketId
    meeting_id: MeetingId
    club_id: ClubId
    kind: MarketKind
    opened_at: datetime
    subject: UserId | None = None
    line: int | None = None
    status: MarketStatus = MarketStatus.OPEN
    round: int = 1
    winners: frozenset[str] = frozenset()
    void_because: VoidReason | None = None
    season: str | None = None
    settles_at: datetime | None = None
    disputed_by: UserId | None = None
    ruled_by: UserId | None = None
    paying: bool = False
    ended_at: datetime | None = None
    version: int = 1

    # -- what it is ----------------------------------------------------------------------------------

    @property
    def ended(self) -> bool:
        """Nothing stands on it any more."""
        return self.status in TERMINAL

    @property
    def disputed(self) -> bool:
        """Somebody objects, and nobody has ruled."""
        return self.disputed_by is not None and self.ruled_by is None

    def is_due(self, now: datetime) -> bool:
        """Whether it is to be ended: it is void, or its time for disputes is over."""
        over = self.settles_at is not None and now >= self.settles_at
        return not self.ended and (self.void_because is not None or over)

    def demand_open(self) -> None:
        """Raise `BettingLocked` once no bet is taken or given back."""
        if self.status is not MarketStatus.OPEN or self.void_because is not None:
            raise BettingLocked("Bets are locked: nothing is taken or given back until the result.")

    # -- its story -----------------------------------------------------------------------------------

    def lock(self, at: datetime) -> None:
        """The last bet is in."""
        if self._move(MarketStatus.LOCKED):
            self._record(MarketLocked(aggregate_id=self.id, occurred_at=at, meeting_id=self.meeting_id))

    def propose(
        self, winners: frozenset[str], at: datetime, *, season: str, window: timedelta = DISPUTE_WINDOW
    ) -> None:
        """What the evidence says, for everybody to see before a point moves. The first proposal stands."""
        if self._move(MarketStatus.PROPOSED):
            self.winners, self.season, self.settles_at = winners, season, at + window
            self._record(MarketProposed(aggregate_id=self.id, occurred_at=at, meeting_id=self.meeting_id))

    def dispute(self, by: UserId, at: datetime) -> None:
        """A person has to look: who says so first is remembered. After a ruling nobody asks again."""
        self._demand_disputable(at)
        if self.disputed_by is None:
            self.disputed_by = by
            self.settles_at = at + RULE_WITHIN

    def rule(self, by: UserId, winners: frozenset[str] | None, at: datetime) -> None:
        """A host or staff without points on it decides who won, or (None) that it is void. It is carried out
        at once: whoever wanted to object has been heard.
        """
        if self.status is not MarketStatus.PROPOSED or self.paying:
            raise NothingToDispute("There is no proposed result to rule on.")
        self.ruled_by, self.settles_at = by, at
        self.winners = winners or frozenset()
        self.void_because = VoidReason.RULED if winners is None else None

    def pay(self) -> None:
        """The first point is about to move."""
        self.paying = True

    def settle(self, at: datetime) -> None:
        """Every winner has been paid."""
        if self._end(MarketStatus.SETTLED, at):
            self._record(
                MarketSettled(
                    aggregate_id=self.id, occurred_at=at, meeting_id=self.meeting_id, round=self.round
                )
            )

    def condemn(self, reason: VoidReason) -> None:
        """It will be void: the first reason stands, and a settlement that was proposed is off."""
        if not self.ended and not self.paying and self.void_because is None:
            self.void_because = reason

    def void(self, at: datetime) -> None:
        """Every stake has been given back."""
        if self.void_because is None:
            raise MarketCannotMove("Say why the market is void before its stakes go back.")
        if self._end(MarketStatus.VOIDED, at):
            self._record(
                MarketVoided(
                    aggregate_id=self.id,
                    occurred_at=at,
                    meeting_id=self.meeting_id,
                    round=self.round,
                    reason=self.void_because.value,
                )
            )

    def correct(self, by: UserId, winners: frozenset[str] | None, at: datetime) -> None:
        """Staff found that the result was wrong: the next round begins with what was decided, once all that
        the last one moved is reversed.
        """
        if not self.ended:
            raise MarketCannotMove("Only an ended market can be corrected; until then, rule on it.")
        self.round += 1
        self.status, self.ended_at = MarketStatus.PROPOSED, None
        self.rule(by, winners, at)

    def _end(self, status: MarketStatus, at: datetime) -> bool:
        if moved := self._move(status):
            self.ended_at, self.paying = at, False
        return moved

    def _move(self, wanted: MarketStatus) -> bool:
        if wanted is self.status or wanted in MARKET_BEHIND[self.status]:
            return False
        if wanted not in MARKET_MOVES[self.status]:
            raise MarketCannotMove(f"The market is {self.status} and cannot become {wanted}.")
        self.status = wanted
        return True

    def _demand_disputable(self, at: datetime) -> None:
        over = self.settles_at is not None and at >= self.settles_at
        if self.status is not MarketStatus.PROPOSED or over or self.paying or self.ruled_by is not None:
            raise NothingToDispute("There is no proposed result that could still be disputed.")
