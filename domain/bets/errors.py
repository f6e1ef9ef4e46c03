"""What can go wrong with bets, in a club's words."""

from domain.shared.errors import DomainError


class MarketNotFound(DomainError):
    """There is no such market, or it is one of a club that the reader does not see."""

    code = "market_not_found"


class BetNotFound(DomainError):
    """There is no such bet, or it is somebody else's."""

    code = "bet_not_found"


class MarketCannotMove(DomainError):
    """The market's state does not allow this step."""

    code = "market_cannot_move"


class BettingLocked(DomainError):
    """No bet is taken or given back any more: the result may be known to somebody."""

    code = "betting_locked"


class BettingNotAllowed(DomainError):
    """This club plays without bets."""

    code = "betting_not_allowed"


class AlreadyBet(DomainError):
    """One bet for each reader and market: withdraw it first to make another."""

    code = "already_bet"


class NotRunning(DomainError):
    """Nobody by that id has said that they come to the meeting: there is no such horse."""

    code = "not_running"


class StakeTooHigh(DomainError):
    """More than a reader may stake on one market: `most` says how much that is."""

    code = "stake_too_high"

    def __init__(self, most: int, message: str) -> None:
        super().__init__(message, most=most)


class ConflictOfInterest(DomainError):
    """The reader could make this bet come true, or decides about it: somebody else has to."""

    code = "conflict_of_interest"


class NothingToDispute(DomainError):
    """Only a proposed result can be disputed or ruled on, and only until its time is over."""

    code = "nothing_to_dispute"
