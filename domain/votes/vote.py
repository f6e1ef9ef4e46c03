"""A vote: which work a club reads next."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Self

from domain.shared.errors import InvalidInput
from domain.shared.ids import ClubId, UserId, VoteId, WorkId
from domain.votes.errors import NotACandidate, TooManyCandidates, VoteIsOver

MOST_CANDIDATES: Final = 12  # what fits on a screen, and what anybody will look into
SHORTEST: Final = timedelta(minutes=5)  # a show of hands while everybody is there
LONGEST: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A work, and who proposed it first."""

    work_id: WorkId
    proposed_by: UserId
    proposed_at: datetime


@dataclass(frozen=True, slots=True)
class Ballot:
    """The works one member would read, the one she would like best first. Every one of them is approved; the
    order counts only between works that as many approve.
    """

    reader: UserId
    choices: tuple[WorkId, ...]
    cast_at: datetime


@dataclass(kw_only=True, slots=True)
class Vote:
    """`candidates` in the order in which they were proposed; `ended_at` if a host ended it early."""

    id: VoteId
    club_id: ClubId
    opened_by: UserId
    opened_at: datetime
    closes_at: datetime
    ended_at: datetime | None = None
    candidates: list[Candidate] = field(default_factory=list)

    @classmethod
    def open(cls, vote_id: VoteId, club_id: ClubId, by: UserId, closes_at: datetime, at: datetime) -> Self:
        """Raises `InvalidInput`."""
        if not SHORTEST <= closes_at - at <= LONGEST:
            raise InvalidInput("closes_at", "A vote lasts five minutes at least and sixty days at most.")
        return cls(id=vote_id, club_id=club_id, opened_by=by, opened_at=at, closes_at=closes_at)

    def is_over(self, at: datetime) -> bool:
        """Nothing changes any more."""
        return self.ended_at is not None or at >= self.closes_at

    def propose(self, work_id: WorkId, by: UserId, at: datetime) -> bool:
        """One more to choose from; False if it is one. Raises `VoteIsOver`, `TooManyCandidates`."""
        self._demand_open(at)
        if any(candidate.work_id == work_id for candidate in self.candidates):
            return False
        if len(self.candidates) >= MOST_CANDIDATES:
            raise TooManyCandidates(MOST_CANDIDATES)
        self.candidates.append(Candidate(work_id, by, at))
        return True

    def ballot(self, reader: UserId, choices: Sequence[WorkId], at: datetime) -> Ballot:
        """Hers from now on. Raises `VoteIsOver`, `NotACandidate`."""
        self._demand_open(at)
        proposed = {candidate.work_id for candidate in self.candidates}
        if not set(choices) <= proposed or len(set(choices)) < len(choices):
            raise NotACandidate
        return Ballot(reader, tuple(choices), at)

    def demand_ballots(self, at: datetime) -> None:
        """Whether ballots may still be taken back. Raises `VoteIsOver`."""
        self._demand_open(at)

    def end(self, at: datetime) -> None:
        """A host has seen enough; repeating it changes nothing."""
        if not self.is_over(at):
            self.ended_at = at

    def _demand_open(self, at: datetime) -> None:
        if self.is_over(at):
            raise VoteIsOver
