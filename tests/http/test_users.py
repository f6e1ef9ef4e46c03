"""Accounts over HTTP: opening one, signing in, on and out, and changing what the shop knows."""

import asyncio

import httpx
import pytest
from litestar import Litestar

from tests.accounts import PASSWORD, log_in, new_email, register, register_and_login
from tests.http.conftest import asking

ADDRESS = {
    "name": "Jane Roe",
    "line1": "1 Main St",
    "city": "Springfield",
    "postal_code": "01103",
    "country": "US",
}


async def test_a_reader_registers_signs_in_and_finds_herself(client: httpx.AsyncClient) -> None:
    email = new_email()
    opened = await client.post(
        "/v1/users/register", json={"email": f" {email.upper()} ", "password": PASSWORD, "name": "Jane  Roe"}
    )
    assert opened.status_code == 201
    assert opened.headers["location"] == "/v1/users/profile"
    account = opened.json()
    assert (account["email"], account["name"], account["roles"]) == (email, "Jane Roe", ["reader"])
    signed_in = await log_in(client, email)
    assert signed_in.status_code == 200
    tokens = signed_in.json()
    assert set(tokens) == {"access_token", "refresh_token", "token_type", "expires_in"}
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 600)
    assert signed_in.headers["cache-control"] == "no-store"
    found = await client.get(
        "/v1/users/profile", headers={"Authorization": f"Bearer {tokens['access_token']}"}
    )
    assert found.json() == account


async def test_the_older_paths_lead_to_the_same_doors(client: httpx.AsyncClient) -> None:
    email = new_email()
    body = {"email": email, "password": PASSWORD, "name": "Jane"}
    assert (await client.post("/v1/users", json=body)).status_code == 201
    answer = await client.post("/v1/auth/login", json={"email": email, "password": PASSWORD})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "not an address"),
        ("email", "two@at@signs.example"),
        ("email", "jane@localhost"),
        ("password", "short"),
        ("password", "x" * 257),
        ("password", "password1"),
        ("password", "aaaaaaaaaaaa"),
        ("name", " "),
        ("name", "x" * 121),
        ("role", "admin"),
        ("roles", ["admin"]),
    ],
)
async def test_a_registration_that_breaks_a_rule_is_refused_with_its_place(
    client: httpx.AsyncClient, field: str, value: object
) -> None:
    body = {"email": new_email(), "password": PASSWORD, "name": "Jane", field: value}
    answer = await client.post("/v1/users/register", json=body)
    problem = answer.json()
    assert answer.status_code == 400
    assert field in {problem.get("field"), *(error["field"] for error in problem.get("errors", ()))}


async def test_one_address_has_one_account_however_it_is_typed_and_however_many_try(
    client: httpx.AsyncClient,
) -> None:
    email = new_email()
    bodies = [
        {"email": typed, "password": PASSWORD, "name": "Jane"}
        for typed in (email, email.upper(), f" {email}", email.title())
    ]
    answers = await asyncio.gather(*(client.post("/v1/users/register", json=body) for body in bodies))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert {a.json()["code"] for a in answers if a.status_code == 409} == {"email_taken"}


async def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client: httpx.AsyncClient) -> None:
    account = await register(client)
    wrong = await log_in(client, account["email"], "not the password")
    unknown = await log_in(client, new_email(), "not the password")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()
    assert wrong.json()["code"] == "wrong_credentials"


@pytest.mark.parametrize("method", ["POST", "DELETE"])
async def test_a_sign_out_counts_at_once(client: httpx.AsyncClient, method: str) -> None:
    email = (await register(client))["email"]
    tokens = (await log_in(client, email)).json()
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert (await client.request(method, "/v1/users/logout", headers=headers)).status_code == 204
    answer = await client.get("/v1/users/profile", headers=headers)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    again = await client.post("/v1/users/refresh", json={"refresh_token": tokens["refresh_token"]})
    assert again.status_code == 401


@pytest.mark.parametrize("header", ["", "Basic abc", "Bearer", "Bearer  ", "Bearer x.y.z", "bearer é"])
async def test_without_a_good_token_nobody_is_a_reader(client: httpx.AsyncClient, header: str) -> None:
    answer = await client.get("/v1/users/profile", headers={"Authorization": header.encode()})
    assert answer.status_code == 401
    assert answer.json()["code"] == "not_authenticated"


async def test_a_refresh_gives_a_new_pair_that_works(client: httpx.AsyncClient) -> None:
    email = (await register(client))["email"]
    first = (await log_in(client, email)).json()
    second = (await client.post("/v1/users/refresh", json={"refresh_token": first["refresh_token"]})).json()
    assert second["refresh_token"] != first["refresh_token"]
    headers = {"Authorization": f"Bearer {second['access_token']}"}
    assert (await client.get("/v1/users/profile", headers=headers)).status_code == 200


async def test_a_profile_is_amended_field_by_field_and_replaced_as_a_whole(client: httpx.AsyncClient) -> None:
    headers = await register_and_login(client)
    body = {"phone": "+1 (555) 010-9999", "address": ADDRESS}
    amended = (await client.patch("/v1/users/profile", json=body, headers=headers)).json()
    assert amended["phone"] == "+15550109999"
    assert amended["address"] == {**ADDRESS, "line2": None, "region": None}
    assert amended["name"] == "Jane Roe"
    nameless = (await client.patch("/v1/users/profile", json={"name": "Ann"}, headers=headers)).json()
    assert (nameless["name"], nameless["phone"]) == ("Ann", "+15550109999")
    cleared = (await client.patch("/v1/users/profile", json={"phone": None}, headers=headers)).json()
    assert (cleared["phone"], cleared["address"]["city"]) == (None, "Springfield")
    replaced = (await client.put("/v1/users/profile", json={"name": "Eve"}, headers=headers)).json()
    assert (replaced["name"], replaced["phone"], replaced["address"]) == ("Eve", None, None)
    assert (await client.get("/v1/users/profile", headers=headers)).json() == replaced


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"phone": "call me"}, "phone"),
        ({"name": ""}, "name"),
        ({"id": "x"}, "id"),
        ({"roles": ["admin"]}, "roles"),
        ({"address": {**ADDRESS, "line1": " "}}, "address.line1"),
        ({"address": {**ADDRESS, "country": "us"}}, "address.country"),
        ({"address": {"line1": "1"}}, "address.name"),
        ({"email": "new@example.org"}, "current_password"),
        ({"password": "nine red foxes"}, "current_password"),
    ],
)
async def test_a_change_that_breaks_a_rule_is_refused_with_its_place(
    client: httpx.AsyncClient, body: dict[str, object], field: str
) -> None:
    headers = await register_and_login(client)
    answer = await client.patch("/v1/users/profile", json=body, headers=headers)
    problem = answer.json()
    assert answer.status_code == 400, problem
    assert field in {problem.get("field"), *(error["field"] for error in problem.get("errors", ()))}


async def test_the_address_to_sign_in_with_changes_only_with_the_password(client: httpx.AsyncClient) -> None:
    headers, new = await register_and_login(client), new_email()
    wrong = await client.patch(
        "/v1/users/profile", json={"email": new, "current_password": "a guess of mine"}, headers=headers
    )
    assert wrong.status_code == 401
    right = await client.patch(
        "/v1/users/profile", json={"email": new.upper(), "current_password": PASSWORD}, headers=headers
    )
    assert right.json()["email"] == new
    assert (await log_in(client, new)).status_code == 200


async def test_an_address_somebody_else_has_cannot_be_taken(client: httpx.AsyncClient) -> None:
    taken, headers = (await register(client))["email"], await register_and_login(client)
    answer = await client.patch(
        "/v1/users/profile", json={"email": taken, "current_password": PASSWORD}, headers=headers
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "email_taken")


async def test_a_new_password_replaces_the_old_one_and_signs_other_devices_out(
    client: httpx.AsyncClient,
) -> None:
    email = (await register(client))["email"]
    here, there = [
        {"Authorization": f"Bearer {(await log_in(client, email)).json()['access_token']}"} for _ in range(2)
    ]
    body = {"password": "nine red foxes", "current_password": PASSWORD}
    assert (await client.patch("/v1/users/profile", json=body, headers=here)).status_code == 200
    assert (await client.get("/v1/users/profile", headers=here)).status_code == 200
    assert (await client.get("/v1/users/profile", headers=there)).status_code == 401
    assert (await log_in(client, email)).status_code == 401
    assert (await log_in(client, email, "nine red foxes")).status_code == 200


async def test_a_reader_sees_her_devices_and_signs_them_out(client: httpx.AsyncClient) -> None:
    email = (await register(client))["email"]
    agents = ["curl/8.5.0", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "odd"]
    headers = []
    for agent in agents:
        body = {"email": email, "password": PASSWORD}
        answer = await client.post("/v1/users/login", json=body, headers={"User-Agent": agent})
        headers.append({"Authorization": f"Bearer {answer.json()['access_token']}"})
    listed = (await client.get("/v1/users/sessions", headers=headers[0])).json()
    assert listed["next"] is None
    assert [item["device"] for item in listed["items"]] == ["Another program", "Firefox on Linux", "curl"]
    assert [item["current"] for item in listed["items"]] == [False, False, True]
    firefox = listed["items"][1]["id"]
    assert (await client.delete(f"/v1/users/sessions/{firefox}", headers=headers[0])).status_code == 204
    assert (await client.get("/v1/users/profile", headers=headers[1])).status_code == 401
    assert (await client.delete("/v1/users/sessions", headers=headers[0])).status_code == 204
    assert (await client.get("/v1/users/profile", headers=headers[2])).status_code == 401
    assert (await client.get("/v1/users/profile", headers=headers[0])).status_code == 200


async def test_nobody_ends_a_session_of_somebody_else(client: httpx.AsyncClient) -> None:
    victim, other = await register_and_login(client), await register_and_login(client)
    session = (await client.get("/v1/users/sessions", headers=victim)).json()["items"][0]["id"]
    answer = await client.delete(f"/v1/users/sessions/{session}", headers=other)
    assert (answer.status_code, answer.json()["code"]) == (404, "session_not_found")
    assert (await client.get("/v1/users/profile", headers=victim)).status_code == 200


async def test_admins_give_and_take_roles_and_it_counts_at_once(client: httpx.AsyncClient) -> None:
    admin = await register_and_login(client, role="admin")
    reader = await register_and_login(client)
    user_id = (await client.get("/v1/users/profile", headers=reader)).json()["id"]
    path = f"/v1/users/{user_id}/roles/staff"
    for _ in range(2):  # granting twice is harmless
        assert (await client.put(path, headers=admin)).status_code == 204
    assert (await client.get("/v1/users/profile", headers=reader)).json()["roles"] == ["reader", "staff"]
    for _ in range(2):
        assert (await client.delete(path, headers=admin)).status_code == 204
    assert (await client.get("/v1/users/profile", headers=reader)).json()["roles"] == ["reader"]


@pytest.mark.parametrize("role", [None, "staff"])
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
async def test_only_admins_give_and_take_roles(
    client: httpx.AsyncClient, role: str | None, method: str
) -> None:
    headers = await register_and_login(client, role=role)
    user_id = (await client.get("/v1/users/profile", headers=headers)).json()["id"]
    answer = await client.request(method, f"/v1/users/{user_id}/roles/admin", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


async def test_no_admin_ceases_to_be_one_by_himself_and_everybody_stays_a_reader(
    client: httpx.AsyncClient,
) -> None:
    admin = await register_and_login(client, role="admin")
    user_id = (await client.get("/v1/users/profile", headers=admin)).json()["id"]
    assert (await client.delete(f"/v1/users/{user_id}/roles/admin", headers=admin)).status_code == 403
    assert (await client.delete(f"/v1/users/{user_id}/roles/reader", headers=admin)).status_code == 400
    assert (await client.put(f"/v1/users/{user_id}/roles/king", headers=admin)).status_code == 400
    nobody = "00000000-0000-0000-0000-000000000000"
    assert (await client.put(f"/v1/users/{nobody}/roles/staff", headers=admin)).status_code == 404


async def test_guessing_is_slowed_down_while_the_owners_browser_still_gets_in(app: Litestar) -> None:
    async with asking(app, "203.0.113.7") as owner, asking(app, "198.51.100.9") as thief:
        email = (await register(owner))["email"]
        assert "octavo_device" in owner.cookies
        answers = [await log_in(thief, email, f"guess number {n}") for n in range(12)]
        assert {answer.status_code for answer in answers[:5]} == {401}
        assert {answer.status_code for answer in answers[5:]} == {429}
        assert 25 <= int(answers[-1].headers["retry-after"]) <= 30
        assert answers[-1].json()["code"] == "too_many_attempts"
        assert (await log_in(owner, email)).status_code == 200
        assert (await log_in(thief, email)).status_code == 429


async def test_the_device_cookie_is_out_of_reach_of_scripts_and_other_sites(
    client: httpx.AsyncClient,
) -> None:
    email = (await register(client))["email"]
    cookie = (await log_in(client, email)).headers["set-cookie"].lower()
    for part in ("httponly", "samesite=strict", "path=/v1", "max-age=31536000"):
        assert part in cookie
    assert "secure" not in cookie
    client.base_url = httpx.URL("https://shop.example")
    assert "secure" in (await log_in(client, email)).headers["set-cookie"].lower()
