"""What readers feel while something is lost is what docs/dependencies.md declares."""

import httpx

from tests.http.conftest import MakeApp, asking

NO_DATABASE = "postgresql://octavo@127.0.0.1:1/octavo?connect_timeout=1"
NO_VALKEY = "redis://127.0.0.1:1/0"
READER = {"email": "outage@example.org", "password": "seven blue herons 8", "name": "Olga"}


def _come_back(answer: httpx.Response) -> tuple[int, bool]:
    return answer.status_code, int(answer.headers.get("retry-after", 0)) >= 1


async def test_without_valkey_the_shop_is_browsed_and_signed_in_to_but_carts_wait(make_app: MakeApp) -> None:
    async with make_app(OCTAVO_REDIS_URL=NO_VALKEY) as app, asking(app) as client:
        browsed = await client.get("/v1/books")
        registered = await client.post("/v1/users/register", json=READER)
        who = {key: READER[key] for key in ("email", "password")}
        signed_in = await client.post("/v1/users/login", json=who)
        token = {"Authorization": f"Bearer {signed_in.json()['access_token']}"}
        orders = await client.get("/v1/orders", headers=token)
        cart = await client.get("/v1/cart", headers=token)
    assert [browsed.status_code, registered.status_code, signed_in.status_code] == [200, 201, 200]
    assert orders.status_code == 200
    assert _come_back(cart) == (503, True)


async def test_without_the_database_everything_asks_to_come_back(make_app: MakeApp) -> None:
    async with make_app(OCTAVO_DATABASE_URL=NO_DATABASE) as app, asking(app) as client:
        browsed = await client.get("/v1/books")
    assert _come_back(browsed) == (503, True)
    assert browsed.json()["code"] == "database_unavailable"


async def test_a_limit_is_kept_without_valkey(make_app: MakeApp) -> None:
    changed = {"OCTAVO_REDIS_URL": NO_VALKEY, "OCTAVO_RATE_LIMIT_PER_MINUTE": "6"}
    async with make_app(**changed) as app, asking(app, "192.0.2.77") as client:
        statuses = [(await client.get("/v1/books")).status_code for _ in range(2)]
    assert statuses == [200, 429]
