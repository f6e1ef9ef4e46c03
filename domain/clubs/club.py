"""A club: readers who read the same works together."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from domain.clubs.door import Door
from domain.clubs.errors import ClubIsFull, MemberNotFound
from domain.clubs.events import ClubFounded, ClubRevised
from domain.clubs.facts import ClubFacts
from domain.clubs.membership import Membership
from domain.clubs.standing import ClubRole, Standing, Visibility
from domain.shared.errors import StaleVersion
from domain.shared.events import Aggregate
from domain.shared.ids import ClubId, UserId

# The largest reading groups of the trade's own platforms; more is an audience, not a club.
MOST_MEMBERS: Final = 20_000


@dataclass(kw_only=True, slots=True)
class Club(Aggregate):
    """Whoever is let in is a `Membership` of its own, so that a hundred readers can join at one moment.
    `version` counts saved changes of how it describes itself.
    """

    id: ClubId
    facts: ClubFacts
    founded_at: datetime
    version: int = 1

    @classmethod
    def found(
        cls,
        *,
        id: ClubId,  # noqa: A002 - the aggregate's own name for it
        facts: ClubFacts,
        founder: UserId,
        display_name: str | None,
        at: datetime,
    ) -> tuple[Self, Membership]:
        """A club and its first member, who owns it: there is never one without the other."""
        club = cls(id=id, facts=facts, founded_at=at)
        club._record(ClubFounded(aggregate_id=id, occurred_at=at, owner=founder, visibility=facts.visibility))
        owner = Membership(
            club_id=id,
            reader=founder,
            standing=Standing.MEMBER,
            since=at,
            role=ClubRole.OWNER,
            display_name=display_name,
            joined_at=at,
        )
        return club, owner

    def door(self, membership: Membership | None) -> Door:
        """What this reader may see and do."""
        private = self.facts.visibility is Visibility.PRIVATE
        if membership is None:
            return Door(private)
        return Door(private, membership.standing, membership.role)

    def expect(self, version: int) -> None:
        """Whoever changes it must have seen its newest version."""
        if version != self.version:
            raise StaleVersion(
                f"The club is at version {self.version}, you saw {version}: read it again.",
                version=self.version,
            )

    def receive(
        self,
        known: Membership | None,
        reader: UserId,
        display_name: str | None,
        at: datetime,
        *,
        invited: bool,
    ) -> Membership:
        """A reader is at the door. Public clubs and invitations let her in, private clubs are asked. Whoever
        is in already stays so, under the name she gives now, if she gives one.
        """
        door = self.door(known)
        door.demand_known()
        newcomer = known or Membership(club_id=self.id, reader=reader, standing=Standing.LEFT, since=at)
        newcomer.display_name = display_name or newcomer.display_name
        if newcomer.is_member:
            return newcomer
        if invited or not door.private:
            newcomer.join(at)
        else:
            newcomer.ask(at)
        return newcomer

    def demand_room(self, members: int) -> None:
        """So many are in: may one more come? Raises `ClubIsFull`."""
        if members >= MOST_MEMBERS:
            raise ClubIsFull(MOST_MEMBERS)

    def revise(self, facts: ClubFacts, at: datetime) -> None:
        """Describe it anew; saying the same again changes nothing."""
        changed = self.facts.changed(facts)
        if changed:
            self.facts = facts
            self._record(ClubRevised(aggregate_id=self.id, occurred_at=at, changed=changed))

    @staticmethod
    def hand_over(owner: Membership, heir: Membership, at: datetime) -> None:
        """From one member to another; who owned it stays as a host."""
        if not heir.is_member:
            raise MemberNotFound
        if heir.reader != owner.reader:
            owner.take(ClubRole.HOST, at)
            heir.take(ClubRole.OWNER, at)
