"""What bets move on the books of points."""

from collections.abc import Mapping
from datetime import datetime

from domain.bets.bet import Bet
from domain.bets.market import Market
from domain.points.account import Account
from domain.points.ledger import Entry, Movement, Transaction, transfer
from domain.shared.ids import UserId


def stake_taken(bet: Bet) -> Transaction:
    """From the reader to the market."""
    return transfer(
        f"stake:{bet.id}",
        Movement.STAKE,
        bet.amount,
        taken_from=Account.of_reader(bet.bettor),
        given_to=Account.of_market(bet.market_id),
        reason="Your stake.",
        at=bet.placed_at,
    )


def stake_back(bet: Bet, reason: str, at: datetime) -> Transaction:
    """The exact stake of a single bet, withdrawn or scratched."""
    return transfer(
        f"stake-back:{bet.id}",
        Movement.STAKE_BACK,
        bet.amount,
        taken_from=Account.of_market(bet.market_id),
        given_to=Account.of_reader(bet.bettor),
        reason=reason,
        at=at,
    )


def shared_out(market: Market, shard: int, returns: Mapping[UserId, int], at: datetime) -> Transaction | None:
    """What the readers of a shard get when the market ends; None when all of them lost. A market has one
    settlement a round, each shard of it one transaction.
    """
    paid = {reader: amount for reader, amount in returns.items() if amount}
    if not paid:
        return None
    void = market.void_because is not None
    to_readers = [Entry(Account.of_reader(reader), amount) for reader, amount in sorted(paid.items())]
    from_market = Entry(Account.of_market(market.id), -sum(paid.values()))
    return Transaction(
        key=f"{round_key(market, market.round)}:{shard}",
        movement=Movement.STAKE_BACK if void else Movement.PAYOUT,
        reason="The market is void: your stake back." if void else "You backed a winner.",
        at=at,
        entries=(from_market, *to_readers),
    )


def round_key(market: Market, round_: int) -> str:
    """What the keys of a round's settlement begin with."""
    return f"settled:{market.id}:{round_}"
