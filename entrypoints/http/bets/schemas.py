"""What clients send and get back about bets."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from msgspec import Meta, Struct

from application.bets.place_bet import BetWish
from application.bets.views import BetView, CardView, MarketView
from domain.bets.bet import Bet
from domain.bets.rules import Pick
from domain.bets.status import MarketKind
from domain.shared.errors import InvalidInput
from domain.shared.ids import MeetingId, UserId
from entrypoints.http.points.schemas import NO_CASH_VALUE

HIGHEST: Final = 1_000_000_000  # points; nobody has so many


class BetBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`market` is first_to_finish unless said otherwise: `horse_id` is the reader backed. With finishes it is
    whom the bet is about, and `pick` yes or no; attendance needs no horse, and `pick` is over or under.
    """

    meeting_id: UUID
    amount: Annotated[int, Meta(ge=1, le=HIGHEST)]
    horse_id: UUID | None = None
    market: MarketKind = MarketKind.FIRST_TO_FINISH
    pick: Literal["yes", "no", "over", "under"] | None = None

    def wish(self) -> BetWish:
        """In the terms of the core; raises `InvalidInput` where something is missing or too much."""
        heads = self.market is MarketKind.ATTENDANCE
        race = self.market is MarketKind.FIRST_TO_FINISH
        if (self.horse_id is None) is not heads:
            raise InvalidInput(
                "horse_id", f"A bet on {self.market} {'has no' if heads else 'needs a'} horse."
            )
        if (self.pick is None) is not race:
            raise InvalidInput("pick", f"A bet on {self.market} {'has no' if race else 'needs a'} pick.")
        backed = None if self.horse_id is None else UserId(self.horse_id)
        about = backed if self.market is MarketKind.FINISHES else None
        pick = Pick(kind=self.market, horse=self.pick or str(backed), subject=about)
        return BetWish(meeting_id=MeetingId(self.meeting_id), pick=pick, backed=backed, amount=self.amount)


class RulingBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Who won: readers of a race, or yes, no, over, under. Null: it is void."""

    winners: Sequence[str] | None


class ExplanationAnswer(Struct, frozen=True, kw_only=True):
    """Every number behind what was returned, and the same in words. `void` says why nothing was won."""

    pool: int
    on_winners: int
    tied: int
    part: int
    on_horse: int
    void: str | None
    words: Sequence[str]


class BetAnswer(Struct, frozen=True, kw_only=True):
    """A bet. `status` is standing, withdrawn or scratched, and of a market that has ended won, lost or void;
    `returned` is what came back in all, null while nobody knows.
    """

    id: UUID
    meeting_id: UUID
    market_id: UUID
    market: str
    horse_id: UUID | None
    pick: str | None
    amount: int
    status: str
    returned: int | None
    placed_at: datetime
    explanation: ExplanationAnswer | None
    notice: str = NO_CASH_VALUE

    @classmethod
    def of(cls, view: BetView) -> "BetAnswer":
        """In the words of the API."""
        bet, told = view.bet, view.explanation
        race = view.market.kind is MarketKind.FIRST_TO_FINISH
        return cls(
            id=bet.id,
            meeting_id=bet.meeting_id,
            market_id=bet.market_id,
            market=view.market.kind.value,
            horse_id=UUID(bet.horse) if race else view.market.subject,
            pick=None if race else bet.horse,
            amount=bet.amount,
            status=_status(view),
            returned=told.returned if told else None,
            placed_at=bet.placed_at,
            explanation=_explained(view),
        )


class BetPage(Struct, frozen=True):
    """Newest first; `next` is the cursor of the following page."""

    items: Sequence[BetAnswer]
    next: str | None


class MarketAnswer(Struct, frozen=True, kw_only=True):
    """A market: `odds` are what ten points on each would return if it ended now, in tenths and hundredths of
    a point for each; `winners` are proposed until it is settled.
    """

    id: UUID
    market: str
    horse_id: UUID | None
    line: int | None
    status: str
    bettors: int
    pool: int
    backed: Mapping[str, int]
    odds: Mapping[str, str]
    winners: Sequence[str]
    void_because: str | None
    disputed: bool
    settles_at: datetime | None

    @classmethod
    def of(cls, view: MarketView) -> "MarketAnswer":
        """In the words of the API."""
        it = view.market
        return cls(
            id=it.id,
            market=it.kind.value,
            horse_id=it.subject,
            line=it.line,
            status=it.status.value,
            bettors=view.bettors,
            pool=sum(view.backed.values()),
            backed=view.backed,
            odds={
                horse: f"{hundredths // 100}.{hundredths % 100:02}" for horse, hundredths in view.odds.items()
            },
            winners=sorted(it.winners),
            void_because=it.void_because.value if it.void_because else None,
            disputed=it.disputed,
            settles_at=None if it.ended else it.settles_at,
        )


class CardAnswer(Struct, frozen=True, kw_only=True):
    """The markets of a meeting; `locked_because` says why no bet is taken any more."""

    locked_at: datetime | None
    locked_because: str | None
    markets: Sequence[MarketAnswer]
    notice: str = NO_CASH_VALUE

    @classmethod
    def of(cls, view: CardView) -> "CardAnswer":
        """In the words of the API."""
        because = view.card.locked_because if view.card else None
        return cls(
            locked_at=view.card.locked_at if view.card else None,
            locked_because=because.value if because else None,
            markets=[MarketAnswer.of(market) for market in view.markets],
        )


def _status(view: BetView) -> str:
    if view.explanation is None:
        return view.bet.status.value
    if view.explanation.void is not None:
        return "void"
    return "won" if view.explanation.won else "lost"


def _explained(view: BetView) -> ExplanationAnswer | None:
    told = view.explanation
    if told is None:
        return None
    return ExplanationAnswer(
        pool=told.pool,
        on_winners=told.on_winners,
        tied=told.tied,
        part=told.part,
        on_horse=told.on_horse,
        void=told.void.value if told.void else None,
        words=list(told.words()),
    )


def placed(bet: Bet, wish: BetWish) -> BetAnswer:
    """A bet that was just made or taken back."""
    race = wish.pick.kind is MarketKind.FIRST_TO_FINISH
    return BetAnswer(
        id=bet.id,
        meeting_id=bet.meeting_id,
        market_id=bet.market_id,
        market=wish.pick.kind.value,
        horse_id=wish.backed,
        pick=None if race else bet.horse,
        amount=bet.amount,
        status=bet.status.value,
        returned=None,
        placed_at=bet.placed_at,
        explanation=None,
    )
