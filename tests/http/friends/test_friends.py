"""How readers meet over HTTP, and what nobody learns by it."""

from uuid import uuid4

import httpx
import pytest

from tests.http.friends.conftest import Json, asked, code_of, listed
from tests.http.people import MakePerson, Person


async def test_two_readers_become_friends(client: httpx.AsyncClient, anna: Person, ben: Person) -> None:
    card = await client.put("/v1/friends/card", json={"display_name": " Ben  B. "}, headers=ben.headers)
    assert (card.status_code, card.json()["display_name"]) == (200, "Ben B.")
    answer = await asked(client, anna, ben)
    told = answer.json()
    assert (answer.status_code, answer.headers["location"]) == (201, f"/v1/friends/{ben.id}")
    assert told == {
        "reader_id": str(ben.id),
        "display_name": "Ben B.",
        "standing": "asked_by_you",
        "since": told["since"],
    }
    assert (await asked(client, anna, ben)).status_code == 200
    assert (await client.get(answer.headers["location"], headers=anna.headers)).json() == told
    assert await listed(client, ben, "asks_you") == [str(anna.id)]
    path = f"/v1/friends/{anna.id}"
    accepted = await client.post(f"{path}/accept", headers=ben.headers)
    assert (accepted.status_code, accepted.json()["standing"]) == (200, "friends")
    assert await listed(client, anna) == [str(ben.id)]
    assert (await client.delete(path, headers=ben.headers)).status_code == 204
    assert await listed(client, anna) == []


async def test_an_unknown_code_and_that_of_who_blocks_you_answer_alike(
    client: httpx.AsyncClient, anna: Person, ben: Person
) -> None:
    code = await code_of(client, ben)
    assert (await client.put(f"/v1/friends/{anna.id}/block", headers=ben.headers)).status_code == 204
    answers = [
        await client.post("/v1/friends", json={"code": which}, headers=anna.headers)
        for which in (code, "0000-0000-0000")
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json() == answers[1].json()
    for path in (f"/v1/friends/{ben.id}", f"/v1/friends/{uuid4()}"):
        answer = await client.get(path, headers=anna.headers)
        assert (answer.status_code, answer.json()) == (404, answers[0].json())
    assert await listed(client, ben, "blocked_by_you") == [str(anna.id)]
    own = await client.post("/v1/friends", json={"code": await code_of(client, anna)}, headers=ben.headers)
    assert (own.status_code, own.json()["code"]) == (409, "blocked_by_you")


async def test_nobody_is_found_by_an_address(client: httpx.AsyncClient, anna: Person) -> None:
    """A known address and an unknown one are refused in the same words, and neither is looked up."""
    account = {"email": f"{uuid4().hex}@example.org", "password": "seven blue herons", "name": "Jane"}
    assert (await client.post("/v1/users/register", json=account)).status_code == 201
    answers = [
        await client.post("/v1/friends", json=body, headers=anna.headers)
        for address in (account["email"], f"{uuid4().hex}@example.org")
        for body in ({"code": address}, {"email": address})
    ]
    assert {answer.status_code for answer in answers} == {400}
    assert answers[0].json() == answers[2].json()
    assert answers[1].json() == answers[3].json()


async def test_a_no_says_when_it_ends(client: httpx.AsyncClient, anna: Person, ben: Person) -> None:
    await asked(client, anna, ben)
    path = f"/v1/friends/{anna.id}/decline"
    assert [(await client.post(path, headers=ben.headers)).status_code for _ in "12"] == [204, 204]
    refused = await asked(client, anna, ben)
    assert (refused.status_code, refused.json()["code"]) == (409, "declined_lately")
    assert "again_at" in refused.json()
    assert (await asked(client, ben, anna)).status_code == 201


async def test_a_new_code_makes_the_old_one_worthless(
    client: httpx.AsyncClient, anna: Person, ben: Person
) -> None:
    old = await code_of(client, ben)
    renewed = await client.post("/v1/friends/card/renew", headers=ben.headers)
    assert renewed.status_code == 200
    assert await code_of(client, ben) == renewed.json()["code"] != old
    answer = await client.post("/v1/friends", json={"code": old}, headers=anna.headers)
    assert (answer.status_code, answer.json()["code"]) == (404, "reader_not_found")


@pytest.mark.parametrize(
    ("method", "path", "body", "field"),
    [
        ("POST", "", {"code": "K7QM"}, "code"),
        ("POST", "", {}, "code"),
        ("PUT", "/card", {"display_name": "jane@example.org"}, "display_name"),
        ("PUT", "/card", {"display_name": "x" * 41}, "display_name"),
        ("GET", "?standing=enemies", None, "standing"),
        ("GET", "?limit=101", None, "limit"),
        ("GET", "?cursor=nonsense", None, "cursor"),
    ],
)
async def test_what_makes_no_sense_is_told_where(
    *, client: httpx.AsyncClient, anna: Person, method: str, path: str, body: Json | None, field: str
) -> None:
    answer = await client.request(method, f"/v1/friends{path}", json=body, headers=anna.headers)
    assert answer.status_code == 400, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_nobody_asks_herself(client: httpx.AsyncClient, anna: Person) -> None:
    answer = await asked(client, anna, anna)
    assert (answer.status_code, answer.json()["code"]) == (409, "oneself_meant")


# What becomes of each call about Anna, by who makes it. She is a friend of `friend`, was asked by `asker`,
# has asked `asked`, was blocked by `blocker` and blocks `blocked`; `stranger` only knows her id.
ACCESS = {
    ("GET", ""): {"friend": 200, "asker": 200, "asked": 200, "stranger": 404, "blocker": 200, "blocked": 404},
    ("POST", "/accept"): {"friend": 200, "asker": 404, "asked": 200, "stranger": 404, "blocker": 404,
                          "blocked": 404},
    ("POST", "/decline"): {"friend": 404, "asker": 404, "asked": 204, "stranger": 404, "blocker": 404,
                           "blocked": 404},
    ("DELETE", ""): {"friend": 204, "asker": 204, "asked": 409, "stranger": 204, "blocker": 204,
                     "blocked": 204},
    ("PUT", "/block"): dict.fromkeys(("friend", "asker", "asked", "stranger", "blocker", "blocked"), 204),
    ("DELETE", "/block"): dict.fromkeys(("friend", "asker", "asked", "stranger", "blocker", "blocked"), 204),
}  # fmt: skip


@pytest.mark.parametrize(("method", "below"), ACCESS)
async def test_who_may_do_what(
    client: httpx.AsyncClient, person: MakePerson, method: str, below: str
) -> None:
    anna = await person()
    people = {who: await person() for who in ACCESS[method, below]}
    for who in ("friend", "asker"):
        await asked(client, people[who], anna)
    for who in ("friend", "asked"):
        await asked(client, anna, people[who])
    await client.put(f"/v1/friends/{anna.id}/block", headers=people["blocker"].headers)
    await client.put(f"/v1/friends/{people['blocked'].id}/block", headers=anna.headers)
    path = f"/v1/friends/{anna.id}{below}"
    found = {
        who: (await client.request(method, path, headers=one.headers)).status_code
        for who, one in people.items()
    }
    assert found == ACCESS[method, below]
    assert (await client.request(method, path)).status_code == 401
