"""Describe a club anew."""

from application.clubs.shared import as_host, demand_genre
from application.shared.unit_of_work import UnitOfWork
from domain.clubs.facts import ClubFacts
from domain.shared.clock import Clock
from domain.shared.ids import ClubId, UserId


class ReviseClub:
    """The owner and the hosts say how the club is called, where it is and what it reads, and whether it is
    private. Who is in stays in.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, reader: UserId, club_id: ClubId, facts: ClubFacts, seen: int | None) -> None:
        """`seen` is the version looked at before; None: whatever it is. Raises `ClubNotFound`, `NotAMember`,
        `NotAHost`, `StaleVersion`, and `InvalidInput` for the genre.
        """
        async with self._unit_of_work() as work:
            club = await as_host(work, club_id, reader)
            if seen is not None:
                club.expect(seen)
            await demand_genre(work, facts.genre)
            club.revise(facts, self._clock.now())
            await work.clubs.save(club)
