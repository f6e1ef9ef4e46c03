"""The judge of bets: what bettors were told, what the books of points say, and what the rule of settlement
says when it is worked out anew from the bets.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

from application.bets.booking import round_key
from application.bets.views import BetView
from domain.bets.bet import Bet, BetStatus
from domain.bets.market import Market
from domain.bets.parimutuel import give_back, settle
from domain.points.account import Account
from domain.points.ledger import Transaction, balances
from domain.shared.ids import BetId, MarketId


@dataclass(frozen=True)
class Heard:
    """What a bettor was told last of a bet: that it stands, or that it was taken back."""

    bet: BetId
    stands: bool


@dataclass(frozen=True)
class Books:
    """Every bet as its bettor sees it, and every transaction of its market."""

    bets: Sequence[BetView]
    booked: Mapping[MarketId, Sequence[Transaction]]


@dataclass
class Verdict:
    """Each list names the guilty; all are empty when all is well."""

    lost: list[str] = field(default_factory=list)  # told of, but not there, or not as told
    doubled: list[str] = field(default_factory=list)  # two bets of a bettor, two settlements of a market
    wrong: list[str] = field(default_factory=list)  # paid something else than the rule says, or told so
    kept: list[str] = field(default_factory=list)  # points left on a market that has ended
    stuck: list[str] = field(default_factory=list)
    astray: list[str] = field(default_factory=list)  # moments at which the books did not add up

    @property
    def clean(self) -> bool:
        return not any(getattr(self, part.name) for part in fields(self))

    def counts(self) -> str:
        return ", ".join(f"{len(getattr(self, part.name))} {part.name}" for part in fields(self))


def judge(books: Books, heard: Sequence[Heard], astray: Sequence[str] = ()) -> Verdict:
    """Once all is quiet. `astray` is what was seen of the books meanwhile."""
    verdict = Verdict(astray=list(astray))
    of_market: defaultdict[MarketId, list[BetView]] = defaultdict(list)
    for view in books.bets:
        of_market[view.market.id].append(view)
    for market_id, views in of_market.items():
        _market(verdict, views, books.booked.get(market_id, ()))
    _told(verdict, {view.bet.id: view.bet for view in books.bets}, heard)
    return verdict


def _market(verdict: Verdict, views: Sequence[BetView], booked: Sequence[Transaction]) -> None:
    market = views[0].market
    standing = Counter(view.bet.bettor for view in views if view.bet.status is BetStatus.STANDING)
    verdict.doubled += [
        f"{bettor} has {often} bets on {market.id}" for bettor, often in standing.items() if often > 1
    ]
    rounds = _rounds_paid(booked)
    if rounds - {round_key(market, market.round)}:
        verdict.doubled.append(f"{market.id} of round {market.round} was settled as {sorted(rounds)}")
    if not market.ended:
        verdict.stuck.append(f"{market.id} is {market.status}")
        return
    _paid(verdict, market, views, booked)


def _paid(verdict: Verdict, market: Market, views: Sequence[BetView], booked: Sequence[Transaction]) -> None:
    left = balances(booked)
    if points := left.get(Account.of_market(market.id), 0):
        verdict.kept.append(f"{points} points are left on {market.id}")
    returns = _returns(market, views)
    due: Counter[Account] = Counter()
    for view in views:
        returned = returns.get(view.bet.id, 0)
        if view.bet.status is BetStatus.STANDING:
            due[Account.of_reader(view.bet.bettor)] += returned - view.bet.amount
            if view.explanation is None or view.explanation.returned != returned:
                verdict.wrong.append(f"{view.bet.id} was due {returned}, but is told {view.explanation}")
    for reader in due.keys() | (left.keys() - {Account.of_market(market.id)}):
        if due[reader] != left.get(reader, 0):
            verdict.wrong.append(
                f"{reader.id} was due {due[reader]} of {market.id} and got {left.get(reader, 0)}"
            )


def _returns(market: Market, views: Sequence[BetView]) -> Mapping[BetId, int]:
    stakes = [view.bet.stake for view in views if view.bet.status is BetStatus.STANDING]
    return give_back(stakes) if market.void_because else settle(stakes, market.winners).returns


def _rounds_paid(booked: Sequence[Transaction]) -> set[str]:
    """By their keys, `settled:<market>:<round>:<shard>`; without those that were reversed."""
    undone = {transaction.reverses for transaction in booked}
    paid = {transaction.key for transaction in booked if transaction.reverses is None} - undone
    return {key.rpartition(":")[0] for key in paid if key.startswith("settled:")}


def _told(verdict: Verdict, bets: Mapping[BetId, Bet], heard: Sequence[Heard]) -> None:
    for each in {told.bet: told for told in heard}.values():
        bet = bets.get(each.bet)
        if bet is None:
            verdict.lost.append(f"{each.bet} was told of, but does not exist")
        elif each.stands == (bet.status is BetStatus.WITHDRAWN):
            verdict.lost.append(f"{each.bet} was told {each.stands=}, but is {bet.status}")
