"""Between bets, markets, race cards and their rows, both ways."""

from typing import Any

import msgspec
from psycopg.types.json import Jsonb

from adapters.postgres.database import Row
from domain.bets.bet import Bet, BetStatus
from domain.bets.card import RaceCard
from domain.bets.explanation import Explanation
from domain.bets.lock import LockReason
from domain.bets.market import Market
from domain.bets.ports import Result
from domain.bets.status import MarketKind, MarketStatus, VoidReason


def card_from(row: Row) -> RaceCard:
    """A race card."""
    return RaceCard(
        meeting_id=row.meeting_id,
        club_id=row.club_id,
        bet_for=row.bet_for,
        locked_at=row.locked_at,
        locked_because=LockReason(row.locked_because) if row.locked_because else None,
        needs_attention=row.needs_attention,
    )


def card_columns(card: RaceCard) -> dict[str, object]:
    """All of it."""
    return {
        "meeting_id": card.meeting_id,
        "club_id": card.club_id,
        "bet_for": card.bet_for,
        "locked_at": card.locked_at,
        "locked_because": card.locked_because.value if card.locked_because else None,
        "needs_attention": card.needs_attention,
    }


def market_from(row: Row) -> Market:
    """A market."""
    return Market(
        id=row.id,
        meeting_id=row.meeting_id,
        club_id=row.club_id,
        kind=MarketKind(row.kind),
        opened_at=row.opened_at,
        subject=row.subject,
        line=row.line,
        status=MarketStatus(row.status),
        round=row.round,
        winners=frozenset(row.winners),
        void_because=VoidReason(row.void_because) if row.void_because else None,
        season=row.season,
        settles_at=row.settles_at,
        disputed_by=row.disputed_by,
        ruled_by=row.ruled_by,
        paying=row.paying,
        ended_at=row.ended_at,
        version=row.version,
    )


def market_identity(market: Market) -> dict[str, object]:
    """What never changes."""
    return {
        "id": market.id,
        "meeting_id": market.meeting_id,
        "club_id": market.club_id,
        "kind": market.kind.value,
        "opened_at": market.opened_at,
        "subject": market.subject,
        "line": market.line,
    }


def market_standing(market: Market) -> dict[str, object]:
    """What may change."""
    return {
        "status": market.status.value,
        "round": market.round,
        "winners": sorted(market.winners),
        "void_because": market.void_because.value if market.void_because else None,
        "season": market.season,
        "settles_at": market.settles_at,
        "disputed_by": market.disputed_by,
        "ruled_by": market.ruled_by,
        "paying": market.paying,
        "ended_at": market.ended_at,
    }


def bet_from(row: Row) -> Bet:
    """A bet."""
    facts = row._asdict()
    return Bet(**{**facts, "status": BetStatus(row.status)})


def bet_columns(bet: Bet) -> dict[str, object]:
    """All of it."""
    return {
        "id": bet.id,
        "market_id": bet.market_id,
        "meeting_id": bet.meeting_id,
        "club_id": bet.club_id,
        "bettor": bet.bettor,
        "horse": bet.horse,
        "amount": bet.amount,
        "of_balance": bet.of_balance,
        "placed_at": bet.placed_at,
        "status": bet.status.value,
        "ended_at": bet.ended_at,
    }


def packed(explanation: Explanation) -> Jsonb:
    """As it is kept."""
    return Jsonb(msgspec.to_builtins(explanation))


def explanation_from(stored: Any) -> Explanation:  # noqa: ANN401 - JSON as it is kept
    """As it was told."""
    return msgspec.convert(stored, Explanation)


def result_from(row: Row) -> Result:
    """What became of a bet."""
    return Result(
        bet=row.bet_id,
        bettor=row.bettor,
        round=row.round,
        explanation=explanation_from(row.explanation),
        brier=row.brier,
    )
