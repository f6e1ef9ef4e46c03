"""Who may do what where readers read together, in one table: every route that names a club, a meeting, a
bet, a thread, a vote, a club buy or a friend, by every sort of reader. 404: it is not there for them; 403:
they know of it and may not; 401: who is asking?
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import httpx
import pytest
from litestar.routes import HTTPRoute

from domain.books.work import Work, WorkFacts
from domain.club_buys.club_buy import ClubBuy
from domain.clubs.club import Club
from domain.clubs.facts import ClubFacts
from domain.clubs.standing import ClubRole
from domain.friends.friendship import Friendship
from domain.friends.pair import Pair
from domain.meetings.arrangements import Arrangements
from domain.meetings.attendee import Attendee
from domain.meetings.meeting import Meeting
from domain.meetings.schedule import Schedule
from domain.meetings.status import Rsvp
from domain.shared.ids import ClubBuyId, ClubId, MeetingId, PostId, ThreadId, UserId, VoteId, WorkId
from domain.shared.isbn import Isbn
from domain.threads.post import Post
from domain.threads.thread import Thread
from domain.votes.vote import Vote
from entrypoints.container import Container
from entrypoints.http.app import create_app
from entrypoints.settings import Settings
from tests.betting import Track
from tests.fakes.time import StandingClock
from tests.http.people import MakePerson, Person
from tests.watch_doors import BUY as PAID_AND_SENT

EMMA_S: Final = "9780141439587"
WISH: Final = {"max_price": {"amount": 1_500, "currency": "USD"}, **PAID_AND_SENT}
ROLES: Final = ("owner", "host", "member", "outsider", "blocked", "anonymous")
SCHEDULE: Final = {"starts_at": "2028-05-01T19:00:00", "time_zone": "Europe/London"}
# Every route below these stands in the table.
ROOMS: Final = (
    "/v1/clubs/{",
    "/v1/meetings/{",
    "/v1/bets/{",
    "/v1/threads/{",
    "/v1/votes/{",
    "/v1/club-buys/{",
    "/v1/friends/{",
)


@dataclass(frozen=True)
class Row:
    """One route: what it answers each of ROLES in a public club and in a private one. Names in braces are
    filled in; `somebody` is another member, who has said something, asks the owner, the host and the member
    to be her friends, and wants to see nothing of the blocked one.
    """

    method: str
    path: str
    public: Sequence[int]
    private: Sequence[int]
    body: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


# What a route for members, for hosts or for the owner answers, where it answers these with `status`.
def members(status: int) -> dict[str, Sequence[int]]:
    return {
        "public": (status, status, status, 403, 404, 401),
        "private": (status, status, status, 404, 404, 401),
    }


def hosts(status: int) -> dict[str, Sequence[int]]:
    return {
        "public": (status, status, 403, 403, 404, 401),
        "private": (status, status, 403, 404, 404, 401),
    }


def owner(status: int) -> dict[str, Sequence[int]]:
    return {"public": (status, 403, 403, 403, 404, 401), "private": (status, 403, 403, 404, 404, 401)}


SEEN_BY_ALL: Final = (200, 200, 200, 200, 404, 200)
SEEN_INSIDE: Final = (200, 200, 200, 404, 404, 404)
CLUB: Final = "/v1/clubs/{club_id}"
ITS_BETTOR: Final = (404, 404, 200, 404, 404, 401)  # a bet of `member`
EACH_THEIR_OWN: Final = (200, 200, 200, 200, 200, 401)
MEETING: Final = "/v1/meetings/{meeting_id}"
BET: Final = "/v1/bets/{bet_id}"
THREAD: Final = "/v1/threads/{thread_id}"
VOTE: Final = "/v1/votes/{vote_id}"
BUY: Final = "/v1/club-buys/{buy_id}"
POST: Final = f"{THREAD}/posts/{{post_id}}"
FRIEND: Final = "/v1/friends/{somebody}"
SOMEBODY_S: Final = {"public": (403, 403, 403, 403, 404, 401), "private": (403, 403, 403, 404, 404, 401)}
TABLE: Final = [
    Row("GET", CLUB, SEEN_BY_ALL, SEEN_BY_ALL),
    Row("PUT", CLUB, **hosts(200), body={"name": "Hartfield Readers"}),
    Row("GET", f"{CLUB}/meetings", SEEN_BY_ALL, SEEN_INSIDE),
    Row("GET", f"{CLUB}/members", **members(200)),
    Row("POST", f"{CLUB}/members", (201, 201, 201, 201, 404, 401), (201, 201, 201, 202, 404, 401)),
    Row("DELETE", f"{CLUB}/members/me", *[(409, 204, 204, 404, 404, 401)] * 2),  # the owner stays
    Row("PUT", f"{CLUB}/members/{{somebody}}", **hosts(200), body={"standing": "barred"}),
    Row("PUT", f"{CLUB}/members/{{somebody}}/role", **owner(204), body={"role": "host"}),
    Row("POST", f"{CLUB}/invitations", **hosts(201)),
    Row("DELETE", f"{CLUB}/invitations", **hosts(204)),
    Row("POST", "/v1/calendars", **members(201), body={"club_id": "{club_id}"}),
    Row(
        "POST",
        "/v1/meetings",
        **hosts(201),
        body={"club_id": "{club_id}", "work_id": "{work_id}", **SCHEDULE},
    ),
    Row("GET", MEETING, SEEN_BY_ALL, SEEN_INSIDE),
    Row("PUT", MEETING, **hosts(200), body=SCHEDULE),
    Row("POST", f"{MEETING}/cancel", **hosts(200)),
    Row("POST", f"{MEETING}/close", **hosts(409)),  # it has not begun
    Row("POST", f"{MEETING}/attendees", **members(201)),
    Row("PUT", f"{MEETING}/attendees", **members(200), body={"percent": 10}),
    Row("GET", f"{MEETING}/attendees", **members(200)),
    Row("GET", f"{MEETING}/attendees/{{somebody}}", **members(200)),
    Row("GET", f"{MEETING}/attendees/{{somebody}}/progress", **members(200)),
    Row(
        "PUT", f"{MEETING}/attendees/{{somebody}}/attendance", **hosts(409), body={"attended": True}
    ),  # as above
    Row("GET", f"{MEETING}/attendance/code", **hosts(200)),
    Row("POST", f"{MEETING}/attendance", **members(409), body={"code": "NOT IT"}),
    Row(  # without a point to stake
        "POST",
        "/v1/bets",
        **members(422),
        body={"meeting_id": "{meeting_id}", "horse_id": "{somebody}", "amount": 1},
    ),
    Row("GET", f"{MEETING}/markets", **members(200)),
    # Nobody has bet yet on what would be decided.
    Row("POST", f"{MEETING}/markets/{{market_id}}/dispute", **members(404)),
    Row("POST", f"{MEETING}/markets/{{market_id}}/ruling", **hosts(404), body={"winners": None}),
    Row(
        "POST",
        f"{MEETING}/markets/{{market_id}}/correction",
        *[(403, 403, 403, 403, 403, 401)] * 2,  # for staff
        body={"winners": None},
    ),
    Row("GET", "/v1/leaderboards?club_id={club_id}", **members(200)),
    Row("GET", "/v1/leaderboards?club_id={club_id}&friends=true", **members(200)),
    Row("GET", BET, *[ITS_BETTOR] * 2),
    Row("DELETE", BET, *[ITS_BETTOR] * 2),
    Row("GET", "/v1/bets?meeting_id={meeting_id}", *[EACH_THEIR_OWN] * 2),
    Row("POST", "/v1/threads", **members(201), body={"club_id": "{club_id}", "title": "The ball"}),
    Row("GET", f"{CLUB}/threads", **members(200)),
    Row("GET", THREAD, **members(200)),
    Row("POST", f"{THREAD}/close", **hosts(204)),
    Row("POST", f"{THREAD}/reopen", **hosts(204)),
    Row("GET", f"{THREAD}/posts", **members(200)),
    Row("POST", f"{THREAD}/posts", **members(201), body={"text": "Oh."}),
    Row("GET", POST, **members(200)),
    Row("PUT", POST, **SOMEBODY_S, body={"text": "Oh."}),
    Row("DELETE", POST, **SOMEBODY_S),
    Row("POST", f"{POST}/hide", **hosts(204), body={"reason": "spoiler"}),
    Row("POST", f"{POST}/show", **hosts(204)),
    Row(
        "POST",
        "/v1/votes",
        **hosts(201),
        body={"club_id": "{club_id}", "closes_at": "{in_a_week}"},
    ),
    Row("GET", f"{CLUB}/votes", **members(200)),
    Row("GET", VOTE, **members(200)),
    Row("POST", f"{VOTE}/candidates", **members(201), body={"work_id": "{work_id}"}),
    Row("PUT", f"{VOTE}/ballot", **members(200), body={"choices": []}),
    Row("DELETE", f"{VOTE}/ballot", **members(204)),
    Row("POST", f"{VOTE}/end", **hosts(200)),
    Row("POST", "/v1/club-buys", **hosts(409), body={"club_id": "{club_id}", "book_isbn": EMMA_S}),
    Row("GET", f"{CLUB}/club-buys", **members(200)),
    Row("GET", BUY, **members(200)),
    Row("POST", f"{BUY}/shares", **members(409), body=WISH),  # prices are off, in both
    Row("POST", f"{BUY}/close", **hosts(204)),
    Row("GET", FRIEND, *[(200, 200, 200, 404, 404, 401)] * 2),
    Row("POST", f"{FRIEND}/accept", *[(200, 200, 200, 404, 404, 401)] * 2),
    Row("POST", f"{FRIEND}/decline", *[(204, 204, 204, 404, 404, 401)] * 2),
    Row("DELETE", FRIEND, *[(409, 409, 409, 204, 204, 401)] * 2),  # who is asked answers
    Row("PUT", f"{FRIEND}/block", *[(204, 204, 204, 204, 204, 401)] * 2),
    Row("DELETE", f"{FRIEND}/block", *[(204, 204, 204, 204, 204, 401)] * 2),
]


@pytest.fixture(scope="module")
async def cast(person: MakePerson) -> dict[str, Person]:
    """One reader for each role, and somebody besides."""
    return {role: await person() for role in (*ROLES[:-1], "somebody")}


@pytest.fixture(scope="module")
async def work_id(container: Container) -> WorkId:
    found = WorkId(uuid4())
    async with container.adapters.unit_of_work()() as work:
        await work.works.add(Work(id=found, facts=WorkFacts(title="Emma", authors=(str(found),))))
    return found


async def stage(
    container: Container, cast: dict[str, Person], work_id: WorkId, *, private: bool
) -> dict[str, UUID]:
    """A club with everybody in her role, and a meeting ahead that somebody comes to."""
    now = container.adapters.clock().now()
    club, owner = Club.found(
        id=ClubId(uuid4()),
        facts=ClubFacts.parse(name="Highbury Readers", private=private),
        founder=cast["owner"].id,
        display_name=None,
        at=now,
    )
    members = {
        role: club.receive(None, cast[role].id, None, now, invited=True)
        for role in ("host", "member", "blocked", "somebody")
    }
    members["host"].take(ClubRole.HOST, now)
    members["blocked"].bar(now)
    meeting = Meeting.arrange(
        id=MeetingId(uuid4()),
        club_id=club.id,
        work_id=work_id,
        schedule=Schedule.at(now + timedelta(days=7), "Europe/London"),
        arrangements=Arrangements(),
        by=owner.reader,
        at=now,
    )
    somebody = Attendee.arriving(meeting.id, cast["somebody"].id, now)
    somebody.answer(Rsvp.COMING, now)
    vote = Vote.open(VoteId(uuid4()), club.id, owner.reader, meeting.schedule.starts_at, now)
    buy = ClubBuy.open(
        ClubBuyId(uuid4()), club.id, Isbn(EMMA_S), owner.reader, until=meeting.schedule.starts_at, at=now
    )
    thread, post = a_conversation(meeting, somebody.reader, now)
    async with container.adapters.unit_of_work()() as work:
        await work.clubs.add(club, owner)
        await work.clubs.keep(*members.values())
        await work.meetings.add(meeting)
        await work.meetings.keep(somebody)
        await work.threads.open(thread)
        await work.threads.add(post)
        await work.votes.add(vote)
        await work.club_buys.add(buy)
        for friendship in acquaintances(cast, now):
            await work.friendships.save(friendship)
    return {
        "club_id": club.id,
        "meeting_id": meeting.id,
        "thread_id": thread.id,
        "post_id": post.id,
        "vote_id": vote.id,
        "buy_id": buy.id,
        "in_a_week": meeting.schedule.starts_at.isoformat(),
        "work_id": work_id,
        "market_id": uuid4(),
        "somebody": UserId(cast["somebody"].id),
    }


async def bet_of(container: Container, bettor: Person, names: dict[str, UUID]) -> UUID:
    """On somebody, at the meeting ahead."""
    track = Track(container.adapters.unit_of_work(), StandingClock(container.adapters.clock().now()))
    await track.grant(bettor.id, 40)
    made = await track.bets(bettor.id, MeetingId(names["meeting_id"]), UserId(names["somebody"]))
    return made.id


def a_conversation(meeting: Meeting, author: UserId, now: datetime) -> tuple[Thread, Post]:
    """About the meeting's work, with one post."""
    thread = Thread(
        id=ThreadId(uuid4()),
        club_id=meeting.club_id,
        opened_by=author,
        opened_at=now,
        title="Box Hill",
        meeting_id=meeting.id,
        work_id=meeting.work_id,
    )
    return thread, Post.write(PostId(uuid4()), thread.id, author, "Badly done!", position=500_000, at=now)


def acquaintances(cast: dict[str, Person], now: datetime) -> Iterable[Friendship]:
    """How somebody stands with the others, whatever was before."""
    somebody = cast["somebody"].id
    for role in ROLES[:-1]:
        friendship = Friendship(pair=Pair.of(somebody, cast[role].id))
        if role in {"owner", "host", "member"}:
            friendship.ask(somebody, now)
        if role == "blocked":
            friendship.block(somebody, now)
        yield friendship


@pytest.mark.parametrize("private", [False, True], ids=["public", "private"])
@pytest.mark.parametrize("row", TABLE, ids=str)
async def test_each_role_is_answered_as_the_table_says(
    *,
    row: Row,
    private: bool,
    client: httpx.AsyncClient,
    container: Container,
    cast: dict[str, Person],
    work_id: WorkId,
) -> None:
    names = await stage(container, cast, work_id, private=private)
    if "{bet_id}" in row.path:
        names["bet_id"] = await bet_of(container, cast["member"], names)
    body = {name: said.format(**names) if isinstance(said, str) else said for name, said in row.body.items()}
    answers = {}
    for role in reversed(ROLES):  # who may do nothing comes first, or there might be nothing left to refuse
        headers = cast[role].headers if role in cast else {}
        answer = await client.request(
            row.method, row.path.format(**names), headers={**headers, "If-Match": "*"}, json=body
        )
        answers[role] = answer.status_code
    expected = row.private if private else row.public
    assert answers == dict(zip(ROLES, expected, strict=True))


def test_every_route_where_readers_read_together_stands_in_the_table() -> None:
    app = create_app(Settings.load({}, secrets_required=False))
    routes = {
        f"{method} {re.sub(r':[a-z]+}', '}', route.path)}"
        for route in app.routes
        if isinstance(route, HTTPRoute) and route.path.startswith(ROOMS)
        for method in route.methods - {"OPTIONS"}
    }
    named = {re.sub(r"{somebody}", "{reader_id}", str(row)) for row in TABLE}
    assert routes - named == set()
