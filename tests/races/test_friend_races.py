"""Two readers at once, at two doors: whatever each of them does, both see the same afterwards."""

import asyncio
from collections import Counter
from collections.abc import Mapping

import httpx
import psycopg

from tests.shop import Reader, Shop

STANDINGS = ("friends", "asks_you", "asked_by_you", "blocked_by_you")


async def code_of(shop: Shop, reader: Reader) -> str:
    code: str = (await shop.http.get("/v1/friends/card", headers=reader.headers)).json()["code"]
    return code


async def ask(shop: Shop, reader: Reader, code: str) -> httpx.Response:
    return await shop.http.post("/v1/friends", headers=reader.headers, json={"code": code})


async def seen(shop: Shop, reader: Reader) -> Mapping[str, int]:
    """How many stand how to her."""
    found = {}
    for standing in STANDINGS:
        answer = await shop.http.get(f"/v1/friends?standing={standing}", headers=reader.headers)
        if items := answer.json()["items"]:
            found[standing] = len(items)
    return found


async def test_two_who_ask_each_other_at_the_same_moment_are_friends(shop: Shop) -> None:
    for _ in range(4):
        anna, ben = await shop.reader(), await shop.reader()
        codes = [await code_of(shop, one) for one in (ben, anna)]
        both = zip((anna, ben), codes, strict=True)
        answers = await asyncio.gather(*(ask(shop, one, code) for one, code in both for _ in range(2)))
        assert Counter(answer.status_code for answer in answers) == {201: 2, 200: 2}
        assert await seen(shop, anna) == await seen(shop, ben) == {"friends": 1}


async def test_who_is_blocked_while_she_asks_or_is_answered_is_no_friend(shop: Shop) -> None:
    for asked_before in (False, True):
        anna, ben = await shop.reader(), await shop.reader()
        code = await code_of(shop, ben)
        if asked_before:
            (await ask(shop, anna, code)).raise_for_status()
        path = f"/v1/friends/{anna.user_id}"
        await asyncio.gather(
            ask(shop, anna, code),
            shop.http.post(f"{path}/accept", headers=ben.headers),
            shop.http.put(f"{path}/block", headers=ben.headers),
        )
        assert await seen(shop, anna) == {}
        assert await seen(shop, ben) == {"blocked_by_you": 1}


async def test_a_question_taken_back_while_it_is_answered_leaves_both_of_one_mind(shop: Shop) -> None:
    anna, ben = await shop.reader(), await shop.reader()
    (await ask(shop, anna, await code_of(shop, ben))).raise_for_status()
    back, accepted, declined = await asyncio.gather(
        shop.http.delete(f"/v1/friends/{ben.user_id}", headers=anna.headers),
        shop.http.post(f"/v1/friends/{anna.user_id}/accept", headers=ben.headers),
        shop.http.post(f"/v1/friends/{anna.user_id}/decline", headers=ben.headers),
    )
    assert back.status_code == 204
    assert {accepted.status_code, declined.status_code} <= {200, 204, 404}
    assert await seen(shop, anna) == await seen(shop, ben) == {}


async def test_a_limit_is_a_limit_for_somebody_with_many_windows(shop: Shop) -> None:
    anna, ben = await shop.reader(), await shop.reader()
    _wait_for(shop, anna, 98)
    codes = [await code_of(shop, one) for one in (ben, *[await shop.reader() for _ in range(4)])]
    answers = await asyncio.gather(*(ask(shop, anna, code) for code in codes))
    assert Counter(answer.status_code for answer in answers) == {201: 2, 409: 3}


async def test_a_card_looked_at_in_two_windows_for_the_first_time_is_one_card(shop: Shop) -> None:
    anna = await shop.reader()
    assert len(set(await asyncio.gather(*(code_of(shop, anna) for _ in range(6))))) == 1


def _wait_for(shop: Shop, reader: Reader, many: int) -> None:
    """She has asked so many who do not answer."""
    with psycopg.connect(shop.environment["OCTAVO_DATABASE_URL"], autocommit=True) as connection:
        connection.execute(
            "WITH others AS (INSERT INTO users (id, email_index, email, name, password_hash, registered_at)"
            " SELECT gen_random_uuid(), uuid_send(gen_random_uuid()), email, name, password_hash, now()"
            " FROM users, generate_series(1, %(many)s) WHERE id = %(reader)s RETURNING id)"
            " INSERT INTO friendships (lesser, greater, bond, asked_by, since)"
            " SELECT least(%(reader)s, id), greatest(%(reader)s, id), 'asked', %(reader)s, now() FROM others",
            {"reader": reader.user_id, "many": many},
        )
