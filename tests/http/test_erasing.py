"""Accounts erased over HTTP: with the password, for ever, and not while anything is under way."""

from uuid import uuid4

import httpx

from entrypoints.container import Container
from tests.accounts import PASSWORD, log_in, register
from tests.builders import order, particulars

PROFILE = "/v1/users/profile"


async def erase(client: httpx.AsyncClient, token: str, password: str = PASSWORD) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"}
    return await client.request("DELETE", PROFILE, headers=headers, json={"current_password": password})


async def test_an_erased_account_is_over_and_its_address_free(client: httpx.AsyncClient) -> None:
    account = await register(client)
    tokens = (await log_in(client, account["email"])).json()
    wrong = await erase(client, tokens["access_token"], "not the password")
    assert (wrong.status_code, wrong.json()["code"]) == (401, "wrong_credentials")
    assert (await erase(client, tokens["access_token"])).status_code == 204
    again = await erase(client, tokens["access_token"])
    assert (again.status_code, again.json()["code"]) == (401, "not_authenticated")
    lost = await client.post("/v1/users/refresh", json={"refresh_token": tokens["refresh_token"]})
    assert lost.status_code == (await log_in(client, account["email"])).status_code == 401
    anew = {"email": account["email"], "password": PASSWORD, "name": "Jane"}
    assert (await client.post("/v1/users/register", json=anew)).status_code == 201


async def test_whoever_waits_for_an_order_or_owns_a_club_is_told_what_to_do_first(
    client: httpx.AsyncClient, container: Container
) -> None:
    account = await register(client)
    token = (await log_in(client, account["email"])).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    made = order(user=account["id"], number=uuid4().int)
    async with container.adapters.unit_of_work()() as work:
        await work.orders.add(made, particulars())
    refused = (await erase(client, token)).json()
    assert (refused["status"], refused["code"], refused["orders"]) == (409, "business_unfinished", 1)
    async with container.adapters.unit_of_work()() as work:
        made.cancel("She did not want it.", made.placed_at)
        await work.orders.save(made)
    club = (await client.post("/v1/clubs", headers=headers, json={"name": "Readers"})).json()["id"]
    other = await register(client)
    hers = {"Authorization": f"Bearer {(await log_in(client, other['email'])).json()['access_token']}"}
    (await client.post(f"/v1/clubs/{club}/members", headers=hers, json={})).raise_for_status()
    refused = (await erase(client, token)).json()
    assert (refused["status"], refused["code"]) == (409, "owner_stays")
    assert (await client.get(PROFILE, headers=headers)).status_code == 200
