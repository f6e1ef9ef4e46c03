"""Clubs over HTTP: what is sent, and what comes back."""

import httpx
import pytest

from tests.http.clubs.conftest import Circle, Json
from tests.http.people import MakePerson


async def test_a_club_is_found_where_its_answer_says(client: httpx.AsyncClient, person: MakePerson) -> None:
    emma = await person()
    body = {"name": "Highbury Readers", "location": "Highbury", "private": True, "display_name": "Emma W."}
    answer = await client.post("/v1/clubs", json=body, headers=emma.headers)
    assert answer.status_code == 201, answer.text
    club = answer.json()
    assert (club["name"], club["location"], club["private"], club["members"]) == (
        "Highbury Readers",
        "Highbury",
        True,
        1,
    )
    assert (club["role"], club["standing"], club["version"], club["next_meeting"]) == (
        "owner",
        "member",
        1,
        None,
    )
    assert club["score"] == {"meetings": 0, "attended": 0, "finished": 0, "total": 0}
    again = await client.get(answer.headers["location"], headers=emma.headers)
    assert again.json() == club
    assert again.headers["etag"] == answer.headers["etag"]
    [member] = (await client.get(f"{answer.headers['location']}/members", headers=emma.headers)).json()[
        "items"
    ]
    assert (member["reader_id"], member["display_name"], member["role"]) == (str(emma.id), "Emma W.", "owner")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"name": None}, "name"),
        ({"location": "\u202e"}, "location"),
        ({"genre": "gossip"}, "genre"),
        ({"private": "yes"}, "private"),
        ({"display_name": "emma@example.org"}, "display_name"),
        ({"colour": "red"}, "colour"),
    ],
)
async def test_what_cannot_be_said_is_named(
    client: httpx.AsyncClient, person: MakePerson, said: Json, field: str
) -> None:
    answer = await client.post(
        "/v1/clubs", json={"name": "Highbury", **said}, headers=(await person()).headers
    )
    assert answer.status_code == 400, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_a_private_club_is_asked(circle: Circle, person: MakePerson) -> None:
    jane, path = await person(), f"/v1/clubs/{circle.club}"
    tag = (await circle.ask(circle.emma, "GET", path)).headers["etag"]
    private = {"name": "Highbury Readers", "private": True}
    assert (await circle.ask(circle.emma, "PUT", path, private, **{"If-Match": tag})).status_code == 200
    asked = await circle.ask(jane, "POST", f"{path}/members")
    assert (asked.status_code, asked.json()["standing"]) == (202, "requested")
    let_in = await circle.ask(circle.emma, "PUT", f"{path}/members/{jane.id}", {"standing": "member"})
    assert let_in.json() == {"club_id": circle.club, "reader_id": str(jane.id), "standing": "member"}


async def test_a_club_changes_only_for_who_read_its_newest_version(circle: Circle) -> None:
    path, body = f"/v1/clubs/{circle.club}", {"name": "Hartfield Readers"}
    tag = (await circle.ask(circle.emma, "GET", path)).headers["etag"]
    assert (await circle.ask(circle.emma, "PUT", path, body)).status_code == 428
    assert (await circle.ask(circle.emma, "PUT", path, body, **{"If-Match": tag})).status_code == 200
    stale = await circle.ask(circle.emma, "PUT", path, {"name": "Randalls"}, **{"If-Match": tag})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")


async def test_an_invitation_is_told_once_and_lets_in_whoever_has_it(
    circle: Circle, person: MakePerson
) -> None:
    link = (await circle.ask(circle.emma, "POST", f"/v1/clubs/{circle.club}/invitations")).json()
    jane, body = await person(), {"invitation": link["invitation"], "display_name": "Jane"}
    joined = await circle.ask(jane, "POST", f"/v1/clubs/{circle.club}/members", body)
    assert (joined.status_code, joined.json()["standing"]) == (201, "member")
    body["invitation"] += "x"
    refused = await circle.ask(await person(), "POST", f"/v1/clubs/{circle.club}/members", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "invitation_not_good")


async def test_the_directory_is_leafed_through_without_a_club_twice(
    client: httpx.AsyncClient, person: MakePerson
) -> None:
    emma = await person()
    for number in range(5):
        await client.post("/v1/clubs", json={"name": f"Leafing {number}"}, headers=emma.headers)
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        params = {"q": "leafing", "limit": "2", **({"cursor": cursor} if cursor else {})}
        page = (await client.get("/v1/clubs", params=params)).json()
        found += [club["name"] for club in page["items"]]
        cursor = page["next"]
    assert found == [f"Leafing {number}" for number in range(5)]
    mine = (await client.get("/v1/clubs", params={"mine": "true"}, headers=emma.headers)).json()["items"]
    assert len(mine) == 5


async def test_one_s_own_clubs_are_for_who_is_signed_in(client: httpx.AsyncClient) -> None:
    assert (await client.get("/v1/clubs", params={"mine": "true"})).status_code == 401


async def test_members_are_leafed_through_in_the_order_of_their_coming(
    circle: Circle, person: MakePerson
) -> None:
    await circle.ask(await person(), "POST", f"/v1/clubs/{circle.club}/members")
    path = f"/v1/clubs/{circle.club}/members?limit=2"
    first = (await circle.ask(circle.emma, "GET", path)).json()
    rest = (await circle.ask(circle.emma, "GET", f"{path}&cursor={first['next']}")).json()
    assert [line["role"] for line in first["items"]] == ["owner", "member"]
    assert (len(rest["items"]), rest["next"]) == (1, None)
