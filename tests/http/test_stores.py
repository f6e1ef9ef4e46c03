"""What staff sees of bookstores, over HTTP."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from adapters.postgres.database import Database
from adapters.postgres.repositories.interests import PostgresInterests
from adapters.postgres.repositories.refresh_queue import PostgresRefreshQueue
from application.prices.refreshing.ports import Wait
from domain.prices.offer import StoreName
from domain.prices.store import Missing
from domain.shared.isbn import Isbn
from tests.accounts import register_and_login
from tests.contract.stores.worlds import JSON
from tests.http.conftest import MakeApp, asking
from tests.price_builders import an_isbn

NAME = "quayside-books"  # nobody else asks it


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("one-store")
    (made / f"{NAME}.toml").write_text(JSON.description.replace("harbour-books", NAME))
    return made


@pytest.fixture
async def shop(folder: Path, make_app: MakeApp) -> AsyncIterator[httpx.AsyncClient]:
    """It knows one store."""
    async with make_app(OCTAVO_STORES=str(folder)) as app, asking(app) as client:
        yield client


async def test_staff_sees_how_each_store_does(shop: httpx.AsyncClient) -> None:
    staff = await register_and_login(shop, role="staff")
    page = (await shop.get("/v1/stores/report", params={"days": 2}, headers=staff)).json()
    (line,) = [item for item in page["items"] if item["store"] == NAME]
    assert (line["calls"], line["limit_used"], line["answered"], line["is_away"]) == (0, 0.0, None, False)
    assert (await shop.get("/v1/stores/report", params={"days": 32}, headers=staff)).status_code == 400
    assert (await shop.get("/v1/stores/report")).status_code == 401


async def test_a_book_that_is_set_aside_is_listed_and_sent_again(
    shop: httpx.AsyncClient, environment: dict[str, str]
) -> None:
    staff, isbn = await register_and_login(shop, role="staff"), an_isbn()
    await set_aside(environment, isbn)
    page = (await shop.get("/v1/stores/dead-letters", params={"store": NAME}, headers=staff)).json()
    (letter,) = page["items"]
    assert (letter["isbn"], letter["failures"], letter["why"]) == (isbn.value, 5, "broken")
    again = f"/v1/stores/dead-letters/{NAME}/{isbn}/send-again"
    assert (await shop.post(again, headers=staff)).json() == {"sent": 1}
    assert (await shop.post(again, headers=staff)).json()["code"] == "not_set_aside"


async def set_aside(environment: dict[str, str], isbn: Isbn) -> None:
    """As batches would."""
    database, now, name = Database(environment["OCTAVO_DATABASE_URL"]), datetime.now(UTC), StoreName(NAME)
    await database.open()
    await PostgresInterests(database).note({isbn: 1}, now)
    await PostgresRefreshQueue(database).put(name, [Wait(isbn, 7, now, 5, Missing.BROKEN)])
    await database.close()
