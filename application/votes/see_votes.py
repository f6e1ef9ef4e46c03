"""See what a club may read next, and how it decided."""

from collections.abc import Mapping
from datetime import datetime

from application.clubs.views import ClubViews
from application.votes.club_prices import ClubPrices, Prices
from application.votes.views import (
    CandidateView,
    VoteDetail,
    VotePage,
    VoteRecord,
    VoteViews,
    demand_limit,
)
from domain.shared.clock import Clock
from domain.shared.ids import ClubId, UserId, VoteId, WorkId
from domain.votes.counting import Place, count
from domain.votes.errors import VoteNotFound


class SeeVote:
    """Members of a club see its votes, what each work would cost them, and their own ballot; how it goes they
    see when it is over, so that nobody votes by what others did.
    """

    def __init__(self, views: VoteViews, prices: ClubPrices, clock: Clock) -> None:
        self._views = views
        self._prices = prices
        self._clock = clock

    async def __call__(self, reader: UserId, vote_id: VoteId) -> VoteDetail:
        """Raises `VoteNotFound`, `NotAMember`."""
        (await self._views.door(vote_id, reader)).to(VoteNotFound).demand_member()
        record = await self._views.record(vote_id)
        works = [candidate.work_id for candidate in record.vote.candidates]
        prices = await self._prices(works, record.members)
        return _detail(record, reader, prices, self._clock.now())


class ListVotes:
    """Members of a club see its votes."""

    def __init__(self, views: VoteViews, clubs: ClubViews, clock: Clock) -> None:
        self._views = views
        self._clubs = clubs
        self._clock = clock

    async def __call__(self, reader: UserId, club_id: ClubId, limit: int, cursor: str | None) -> VotePage:
        """Raises `ClubNotFound`, `NotAMember`, and `InvalidInput` for a foreign cursor."""
        demand_limit(limit)
        (await self._clubs.door(club_id, reader)).demand_member()
        return await self._views.listed(club_id, self._clock.now(), limit, cursor)


def _detail(record: VoteRecord, reader: UserId, prices: Prices, now: datetime) -> VoteDetail:
    vote, over = record.vote, record.vote.is_over(now)
    works = [candidate.work_id for candidate in vote.candidates]
    places = count(works, record.ballots) if over else []
    candidates = _candidates(record, prices, {place.work_id: place for place in places})
    own = next((ballot.choices for ballot in record.ballots if ballot.reader == reader), None)
    return VoteDetail(
        vote_id=vote.id,
        club_id=vote.club_id,
        opened_by=vote.opened_by,
        opened_at=vote.opened_at,
        closes_at=vote.closes_at,
        ended_at=vote.ended_at,
        over=over,
        ballots=len(record.ballots),
        your_ballot=own,
        candidates=candidates,
        winner=places[0].work_id if places and record.ballots else None,
        prices=prices.words,
    )


def _candidates(record: VoteRecord, prices: Prices, places: Mapping[WorkId, Place]) -> list[CandidateView]:
    views = []
    for candidate in record.vote.candidates:
        name, place = record.names[candidate.work_id], places.get(candidate.work_id)
        views.append(
            CandidateView(
                work_id=candidate.work_id,
                title=name.title,
                authors=name.authors,
                proposed_by=candidate.proposed_by,
                proposed_at=candidate.proposed_at,
                price=prices.of.get(candidate.work_id),
                approvals=place.approvals if place else None,
                place=place.place if place else None,
                decided=place.decided if place else None,
            )
        )
    return sorted(views, key=lambda view: view.place or 0)
