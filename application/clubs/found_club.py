"""Found a club."""

from application.clubs.shared import demand_genre
from application.shared.unit_of_work import UnitOfWork
from domain.clubs.club import Club
from domain.clubs.facts import ClubFacts
from domain.shared.clock import Clock
from domain.shared.ids import ClubId, IdSource, UserId


class FoundClub:
    """Every reader may found clubs. She owns what she founds, and is its first member from the same
    moment.
    """

    def __init__(self, unit_of_work: UnitOfWork, ids: IdSource, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def __call__(self, reader: UserId, facts: ClubFacts, display_name: str | None) -> ClubId:
        """Raises `InvalidInput` for a genre that is none of the shop's categories."""
        club, owner = Club.found(
            id=ClubId(self._ids.new()),
            facts=facts,
            founder=reader,
            display_name=display_name,
            at=self._clock.now(),
        )
        async with self._unit_of_work() as work:
            await demand_genre(work, facts.genre)
            await work.clubs.add(club, owner)
        return club.id
