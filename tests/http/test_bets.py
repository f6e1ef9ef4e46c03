"""Bets over HTTP: what is sent, what comes back."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from domain.friends.friendship import Friendship
from domain.friends.pair import Pair
from domain.meetings.status import Rsvp
from domain.shared.ids import ClubId, MeetingId, UserId, WorkId
from entrypoints.container import Container
from tests.betting import Track
from tests.fakes.time import StandingClock
from tests.http.people import MakePerson, Person


@dataclass
class Club:
    """A club with a meeting ahead, two who run and one with points who may bet."""

    id: ClubId
    meeting: MeetingId
    horses: list[UserId]
    bettor: Person
    track: Track


@pytest.fixture
async def club(container: Container, person: MakePerson) -> Club:
    box = container.adapters
    track = Track(box.unit_of_work(), StandingClock(box.clock().now()))
    club_id, meeting, horses = await track.race()
    bettor = await person()
    async with box.unit_of_work()() as work:
        it = await work.clubs.get(club_id)
        await work.clubs.keep(it.receive(None, bettor.id, None, track.clock.now(), invited=True))
    await track.grant(bettor.id, 400)
    return Club(club_id, meeting, horses, bettor, track)


async def bet(client: httpx.AsyncClient, club: Club, **more: object) -> httpx.Response:
    body: dict[str, Any] = {"meeting_id": str(club.meeting), "horse_id": str(club.horses[0]), "amount": 40}
    said = {name: value for name, value in (body | more).items() if value is not None}
    return await client.post("/v1/bets", json=said, headers=club.bettor.headers)


async def points(client: httpx.AsyncClient, reader: Person) -> int:
    balance: int = (await client.get("/v1/points", headers=reader.headers)).json()["balance"]
    return balance


async def test_a_bet_is_made_seen_listed_and_taken_back(client: httpx.AsyncClient, club: Club) -> None:
    made = await bet(client, club)
    assert made.status_code == 201, made.text
    answer = made.json()
    assert made.headers["location"] == f"/v1/bets/{answer['id']}"
    assert (answer["market"], answer["horse_id"], answer["amount"]) == (
        "first_to_finish",
        str(club.horses[0]),
        40,
    )
    assert "no cash value" in answer["notice"]
    assert await points(client, club.bettor) == 360
    seen = (await client.get(f"/v1/bets/{answer['id']}", headers=club.bettor.headers)).json()
    listed = (await client.get("/v1/bets", headers=club.bettor.headers)).json()
    assert listed == {"items": [seen], "next": None}
    assert seen == answer
    for _ in range(2):
        back = await client.delete(f"/v1/bets/{answer['id']}", headers=club.bettor.headers)
        assert (back.status_code, back.json()["status"]) == (200, "withdrawn")
    assert await points(client, club.bettor) == 400


@pytest.mark.parametrize(
    ("said", "status", "code"),
    [
        ({"amount": 101}, 422, "stake_too_high"),
        ({"amount": 0}, 400, "invalid_request"),
        ({"horse_id": str(uuid4())}, 422, "not_running"),
        ({"meeting_id": str(uuid4())}, 404, "meeting_not_found"),
        ({"horse_id": None}, 400, "invalid_input"),
        ({"pick": "yes"}, 400, "invalid_input"),
        ({"market": "finishes"}, 400, "invalid_input"),
        ({"market": "finishes", "pick": "over"}, 400, "invalid_input"),
        ({"market": "attendance", "pick": "over"}, 400, "invalid_input"),
        ({"market": "roulette"}, 400, "invalid_request"),
    ],
)
async def test_what_cannot_be_bet_is_told(
    client: httpx.AsyncClient, club: Club, said: dict[str, object], status: int, code: str
) -> None:
    answer = await bet(client, club, **said)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_every_kind_of_market_takes_a_bet_and_shows_its_odds(
    client: httpx.AsyncClient, club: Club
) -> None:
    race = await bet(client, club, amount=10)
    finishes = await bet(client, club, market="finishes", pick="yes", amount=10)
    heads = await bet(client, club, market="attendance", pick="over", horse_id=None, amount=10)
    assert [a.status_code for a in (race, finishes, heads)] == [201, 201, 201], heads.text
    again = await bet(client, club, amount=10)
    assert again.json()["code"] == "already_bet"
    path = f"/v1/meetings/{club.meeting}/markets"
    card = (await client.get(path, headers=club.bettor.headers)).json()
    assert [(m["market"], m["pool"], m["line"]) for m in card["markets"]] == [
        ("first_to_finish", 10, None),
        ("finishes", 10, None),
        ("attendance", 10, 1),
    ]
    assert card["markets"][0]["odds"] == {str(club.horses[0]): "1.00"}
    assert card["locked_because"] is None


async def test_somebody_else_s_bet_is_not_there(
    client: httpx.AsyncClient, club: Club, person: MakePerson
) -> None:
    made = (await bet(client, club)).json()
    stranger = await person()
    for method in ("GET", "DELETE"):
        answer = await client.request(method, f"/v1/bets/{made['id']}", headers=stranger.headers)
        assert (answer.status_code, answer.json()["code"]) == (404, "bet_not_found")


async def test_a_bettor_is_told_why_it_was_so_much(client: httpx.AsyncClient, club: Club) -> None:
    track, (x, y) = club.track, club.horses
    made = (await bet(client, club, amount=40)).json()
    for horse in (y, y):
        await track.bets(await track.member(club.id), club.meeting, horse, 30)
    track.clock.move(timedelta(days=5))
    await track.reads(club.meeting, x, finished=True)
    await track.settle(club.meeting)
    seen = (await client.get(f"/v1/bets/{made['id']}", headers=club.bettor.headers)).json()
    assert (seen["status"], seen["returned"]) == ("won", 100)
    assert seen["explanation"]["words"][-1] == "You got 100: your 40 and 60."
    assert await points(client, club.bettor) == 460


async def test_a_reader_who_was_erased_leaves_bets_that_stand_and_points_that_add_up(
    client: httpx.AsyncClient, club: Club, container: Container
) -> None:
    track, (x, y) = club.track, club.horses
    await bet(client, club, amount=40)
    for horse in (y, y):
        await track.bets(await track.member(club.id), club.meeting, horse, 30)
    async with container.adapters.unit_of_work()() as work:
        reader = await work.users.get(club.bettor.id)
    await container.use_cases.erase_account_of()(reader.email)
    track.clock.move(timedelta(days=5))
    await track.reads(club.meeting, x, finished=True)
    await track.settle(club.meeting)
    assert await track.balance(club.bettor.id) == 460
    report = await container.use_cases.audit_shop()(["points"])
    assert report.clean


async def test_leaderboards_are_of_a_season_and_asked_for_properly(
    client: httpx.AsyncClient, club: Club
) -> None:
    headers = club.bettor.headers
    board = (await client.get("/v1/leaderboards", headers=headers)).json()
    assert board["by"] == "profit"
    of_club = f"/v1/leaderboards?club_id={club.id}&by=brier&season=2026-Q4"
    assert (await client.get(of_club, headers=headers)).json() == {
        "season": "2026-Q4",
        "by": "brier",
        "items": [],
        "next": None,
    }
    for wrong in ("season=2026", "by=luck", "limit=0", "cursor=x"):
        assert (await client.get(f"/v1/leaderboards?{wrong}", headers=headers)).status_code == 400
    assert (await client.get("/v1/leaderboards")).status_code == 401


async def test_friends_are_ranked_among_themselves_everywhere_and_in_a_club(
    client: httpx.AsyncClient, club: Club, container: Container, person: MakePerson
) -> None:
    me, friend, asked = club.bettor, await person(), await person()
    track, pay = club.track, container.use_cases.pay_for_reading()
    ties = Friendship(pair=Pair.of(me.id, friend.id)), Friendship(pair=Pair.of(me.id, asked.id))
    for tie in ties:
        tie.ask(me.id, track.clock.now())
    ties[0].accept(friend.id, track.clock.now())
    earned = {club.horses[0]: 90, asked.id: 80, friend.id: 70, me.id: 60}
    async with container.adapters.unit_of_work()() as work:
        for tie in ties:
            await work.friendships.save(tie)
    for reader, percent in earned.items():
        place = ClubId(uuid4()) if reader == friend.id else club.id
        await pay(reader, WorkId(uuid4()), place, percent * 10_000)

    async def board(**asked_for: str | int) -> list[tuple[int, str]]:
        query = {"by": "reading", "friends": "true", **asked_for}
        answer = await client.get("/v1/leaderboards", params=query, headers=me.headers)
        return [(place["rank"], place["reader_id"]) for place in answer.json()["items"]]

    assert await board() == [(1, str(friend.id)), (2, str(me.id))]
    assert await board(cursor=1, limit=1) == [(2, str(me.id))]
    assert await board(club_id=str(club.id)) == [(1, str(me.id))]
    assert len(await board(club_id=str(club.id), friends="false")) == 3


async def test_who_declines_is_no_horse(client: httpx.AsyncClient, club: Club) -> None:
    await club.track.answers(club.meeting, club.horses[0], Rsvp.DECLINED)
    assert (await bet(client, club)).json()["code"] == "not_running"
