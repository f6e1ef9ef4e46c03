"""What clubs read next."""

from dependency_injector import providers

from application.votes.cast_ballot import CastBallot, DropBallots, TakeBallotBack
from application.votes.club_prices import ClubPrices
from application.votes.hold_vote import EndVote, OpenVote, ProposeWork
from application.votes.see_votes import ListVotes, SeeVote
from entrypoints.wiring.comparing import ComparingUseCases
from entrypoints.wiring.prices import PriceMemoryUseCases


class VotesUseCases(ComparingUseCases):
    """What clubs read next."""

    adapters = ComparingUseCases.adapters

    club_prices = providers.Singleton(
        ClubPrices,
        works=adapters.bibliography,
        recall=PriceMemoryUseCases.recall_prices,
        doubts=adapters.price_doubts,
        own=ComparingUseCases.own_prices,
        stores=adapters.bookstores,
    )
    open_vote = providers.Singleton(OpenVote, adapters.unit_of_work, adapters.ids, adapters.clock)
    propose_work = providers.Singleton(ProposeWork, adapters.unit_of_work, adapters.clock)
    end_vote = providers.Singleton(EndVote, adapters.unit_of_work, adapters.clock)
    cast_ballot = providers.Singleton(CastBallot, adapters.unit_of_work, adapters.clock)
    take_ballot_back = providers.Singleton(TakeBallotBack, adapters.unit_of_work, adapters.clock)
    see_vote = providers.Singleton(SeeVote, adapters.vote_views, club_prices, adapters.clock)
    list_votes = providers.Singleton(ListVotes, adapters.vote_views, adapters.club_views, adapters.clock)
    drop_ballots = providers.Singleton(DropBallots, adapters.unit_of_work)
