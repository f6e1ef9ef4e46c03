"""How a club decides what it reads next, in memory and in PostgreSQL."""

from datetime import timedelta
from uuid import uuid4

import pytest

from application.outbox.ports import WaitingEvent
from application.shared.unit_of_work import UnitOfWork
from domain.books.errors import WorkNotFound
from domain.clubs.errors import ClubNotFound, NotAHost
from domain.shared.errors import InvalidInput
from domain.shared.ids import UserId, VoteId, WorkId
from domain.votes.counting import Decided
from domain.votes.errors import NotACandidate, TooManyCandidates, VoteIsOver, VoteNotFound
from domain.votes.vote import MOST_CANDIDATES
from tests.contract.votes.conftest import AN_HOUR, Committee
from tests.fakes.work import InMemoryUnitOfWork


async def test_a_vote_shows_what_there_is_to_choose_and_not_how_it_goes(committee: Committee) -> None:
    emma, dracula = await committee.works("Emma", "Dracula")
    vote, anna = await committee.vote(emma), await committee.member()
    for _ in range(2):
        await committee.proposes(anna, vote, dracula)
    await committee.casts(anna, vote, [dracula, emma])
    seen = await committee.sees(anna, vote)
    now = committee.village.clock.now()
    assert (seen.vote_id, seen.club_id, seen.opened_by) == (vote, committee.club, committee.host)
    assert (seen.opened_at, seen.closes_at, seen.ended_at, seen.over) == (now, now + AN_HOUR, None, False)
    assert [(c.work_id, c.title, c.proposed_by) for c in seen.candidates] == [
        (emma, "Emma", committee.host),
        (dracula, "Dracula", anna),
    ]
    assert all((c.approvals, c.place, c.decided, c.price) == (None,) * 4 for c in seen.candidates)
    assert (seen.ballots, list(seen.your_ballot or []), seen.winner) == (1, [dracula, emma], None)
    assert (await committee.sees(committee.host, vote)).your_ballot is None
    assert (seen.prices, committee.prices.asked[0]) == ("Nobody knows.", ([emma, dracula], 2))


async def test_whatever_most_would_read_is_read(committee: Committee) -> None:
    emma, dracula, walden = await committee.works("Emma", "Dracula", "Walden")
    vote = await committee.vote(emma, dracula, walden)
    anna, ben, clara = [await committee.member() for _ in range(3)]
    await committee.casts(anna, vote, [emma, dracula])
    await committee.casts(ben, vote, [emma, dracula])
    await committee.casts(clara, vote, [walden])
    await committee.casts(clara, vote, [dracula])
    committee.village.clock.move(AN_HOUR)
    seen = await committee.sees(ben, vote)
    assert (seen.over, seen.winner, seen.ended_at) == (True, dracula, None)
    assert [(c.title, c.approvals, c.place, c.decided) for c in seen.candidates] == [
        ("Dracula", 3, 1, Decided.APPROVALS),
        ("Emma", 2, 2, Decided.APPROVALS),
        ("Walden", 0, 3, None),
    ]


async def test_between_two_that_as_many_would_read_the_order_on_the_ballots_decides(
    committee: Committee,
) -> None:
    emma, dracula = await committee.works("Emma", "Dracula")
    vote = await committee.vote(emma, dracula)
    for choices in ([dracula, emma], [dracula, emma], [emma, dracula]):
        await committee.casts(await committee.member(), vote, choices)
    await committee.ends(committee.host, vote)
    seen = await committee.sees(committee.host, vote)
    assert (seen.winner, seen.candidates[0].decided) == (dracula, Decided.ORDER)


async def test_nobody_wins_a_vote_without_ballots(committee: Committee) -> None:
    vote = await committee.vote(*await committee.works("Emma"))
    await committee.ends(committee.host, vote)
    seen = await committee.sees(committee.host, vote)
    assert (seen.over, seen.winner, seen.ended_at) == (True, None, committee.village.clock.now())


async def test_what_is_over_stays_as_it_is(committee: Committee) -> None:
    emma, dracula = await committee.works("Emma", "Dracula")
    vote, anna = await committee.vote(emma), await committee.member()
    await committee.casts(anna, vote, [emma])
    with pytest.raises(NotAHost):
        await committee.ends(anna, vote)
    for _ in range(2):
        await committee.ends(committee.host, vote)
        committee.village.clock.move(timedelta(minutes=1))
    for late in (
        committee.casts(anna, vote, []),
        committee.takes_back(anna, vote),
        committee.proposes(anna, vote, dracula),
    ):
        with pytest.raises(VoteIsOver):
            await late
    assert await committee.standing(vote) == [("Emma", 1)]


async def test_a_ballot_names_what_is_proposed_and_each_once(committee: Committee) -> None:
    emma, dracula = await committee.works("Emma", "Dracula")
    vote, anna = await committee.vote(emma), await committee.member()
    for wrong in ([dracula], [emma, emma]):
        with pytest.raises(NotACandidate):
            await committee.casts(anna, vote, wrong)
    with pytest.raises(WorkNotFound):
        await committee.proposes(anna, vote, WorkId(uuid4()))
    await committee.casts(anna, vote, [])
    assert (await committee.sees(anna, vote)).ballots == 1
    for _ in range(2):
        await committee.takes_back(anna, vote)
    assert (await committee.sees(anna, vote)).ballots == 0


async def test_nobody_compares_more_works_than_she_can(committee: Committee) -> None:
    works = await committee.works(*(f"{number}" for number in range(MOST_CANDIDATES + 1)))
    vote = await committee.vote(*works[:-1])
    with pytest.raises(TooManyCandidates):
        await committee.proposes(committee.host, vote, works[-1])


async def test_a_vote_lasts_a_while_and_not_for_ever(committee: Committee) -> None:
    for lasts in (timedelta(minutes=4), timedelta(days=61)):
        closes_at = committee.village.clock.now() + lasts
        with pytest.raises(InvalidInput) as refused:
            await committee.opens(committee.host, committee.club, closes_at, [])
        assert refused.value.field == "closes_at"


async def test_who_leaves_has_no_say_in_what_is_open(committee: Committee) -> None:
    [emma] = await committee.works("Emma")
    over, vote, anna = await committee.vote(emma), await committee.vote(emma), await committee.member()
    for each in (over, vote):
        await committee.casts(anna, each, [emma])
    await committee.ends(committee.host, over)
    committee.village.clock.move(timedelta(seconds=1))
    left_at = committee.village.clock.now()
    left = WaitingEvent(1, "club_left", committee.club, {"user_id": str(anna)}, left_at)
    assert await committee.drops(left)
    assert (await committee.sees(committee.host, vote)).ballots == 0
    assert await committee.standing(over) == [("Emma", 1)]
    committee.village.clock.move(timedelta(seconds=1))
    await committee.casts(anna, vote, [emma])  # she is back, and the news of her leaving comes a second time
    assert await committee.drops(left)
    assert (await committee.sees(committee.host, vote)).ballots == 1


async def test_votes_are_for_members_and_held_by_hosts(committee: Committee) -> None:
    [emma] = await committee.works("Emma")
    vote, stranger, anna = (
        await committee.vote(emma),
        await committee.village.reader(),
        await committee.member(),
    )
    for closed in (
        committee.sees(stranger, vote),
        committee.casts(stranger, vote, [emma]),
        committee.proposes(stranger, vote, emma),
        committee.ends(stranger, vote),
        committee.sees(anna, VoteId(uuid4())),
    ):
        with pytest.raises(VoteNotFound):
            await closed
    with pytest.raises(ClubNotFound):
        await committee.lists(stranger, committee.club, 20, None)
    for nobody, error in ((anna, NotAHost), (stranger, ClubNotFound)):
        with pytest.raises(error):
            await committee.opens(nobody, committee.club, committee.village.clock.now() + AN_HOUR, [])


async def test_a_club_s_votes_are_listed_the_latest_first(
    committee: Committee, unit_of_work: UnitOfWork
) -> None:
    emma, dracula = await committee.works("Emma", "Dracula")
    votes = [await committee.vote(emma, dracula) for _ in range(3)]
    await committee.casts(committee.host, votes[1], [emma])
    await committee.ends(committee.host, votes[1])
    page = await committee.lists(committee.host, committee.club, 20, None)
    assert [line.vote_id for line in page.items] == votes[::-1]
    assert [(line.over, line.candidates, line.ballots) for line in page.items] == [
        (False, 2, 0),
        (True, 2, 1),
        (False, 2, 0),
    ]
    if isinstance(unit_of_work, InMemoryUnitOfWork):
        return
    first = await committee.lists(committee.host, committee.club, 2, None)
    rest = await committee.lists(committee.host, committee.club, 2, first.next)
    assert [line.vote_id for line in (*first.items, *rest.items)] == votes[::-1]
    assert rest.next is None


async def test_nobody_s_ballot_is_anybody_else_s(committee: Committee) -> None:
    [emma] = await committee.works("Emma")
    vote = await committee.vote(emma)
    readers: list[UserId] = [await committee.member() for _ in range(2)]
    await committee.casts(readers[0], vote, [emma])
    own = [(await committee.sees(reader, vote)).your_ballot for reader in readers]
    assert [None if ballot is None else list(ballot) for ballot in own] == [[emma], None]
