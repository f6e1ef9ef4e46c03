"""Take a bet back."""

from application.bets.booking import stake_back
from application.shared.unit_of_work import UnitOfWork
from domain.bets.bet import Bet
from domain.bets.card import RaceCard
from domain.bets.errors import BetNotFound, MarketNotFound
from domain.shared.clock import Clock
from domain.shared.ids import BetId, UserId


class WithdrawBet:
    """Until bets are locked its bettor takes a bet back, and the stake with it; twice is once."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, bettor: UserId, bet_id: BetId) -> Bet:
        """Raises `BetNotFound`, `BettingLocked`, and `MarketCannotMove` where its horse was scratched."""
        now = self._clock.now()
        async with self._unit_of_work() as work:
            bet = await work.bets.get(bet_id)
            bet.demand_bettor(bettor)
            if not bet.withdraw(now):
                return bet
            card: RaceCard | None = await work.markets.hold_card(bet.meeting_id)
            if card is None:
                raise BetNotFound("There is no such bet.")
            look = await work.paddock.look(bet.meeting_id, ())
            card.demand_open(look.field, now)
            for market in await work.markets.of_meeting(bet.meeting_id):
                if market.id == bet.market_id:
                    market.demand_open()
                    break
            else:
                raise MarketNotFound("There is no such market.")
            await work.bets.save(bet)
            await work.points.post(stake_back(bet, "You withdrew your bet.", now))
        return bet
