"""/v1/stores: how bookstores do, and which books were set aside there."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from application.prices.refreshing.dead_letters import SeeDeadLetters, SendAgain
from application.prices.refreshing.store_report import LONGEST, ReportOnStores
from domain.prices.offer import StoreName
from domain.shared.isbn import Isbn
from domain.users.principal import Principal
from entrypoints.http.stores.schemas import (
    BookSetAside,
    BooksSetAside,
    SentAgain,
    StoreLine,
    StoresReport,
)

Days = Annotated[int, QueryParameter(ge=1, le=LONGEST, description="Today and the days before it.")]
Limit = Annotated[int, QueryParameter(ge=1, le=500, description="How many.")]
OfStore = Annotated[str | None, QueryParameter(description="Only of this store.")]


class Stores(Controller):
    """For staff."""

    path = "/stores"
    tags = ("Prices",)

    @get("/report", description=ReportOnStores.__doc__)
    async def report(
        self,
        staff: NamedDependency[Principal],  # noqa: ARG002 - naming it closes the route to everybody else
        report_on_stores: NamedDependency[ReportOnStores],
        days: Days = 7,
    ) -> StoresReport:
        """Every store."""
        return StoresReport(days=days, items=[StoreLine.of(one) for one in await report_on_stores(days)])

    @get("/dead-letters", description=SeeDeadLetters.__doc__)
    async def set_aside(
        self,
        staff: NamedDependency[Principal],  # noqa: ARG002 - as above
        see_dead_letters: NamedDependency[SeeDeadLetters],
        store: OfStore = None,
        limit: Limit = 100,
    ) -> BooksSetAside:
        """What waits for nobody."""
        letters = await see_dead_letters(StoreName(store) if store else None, limit)
        return BooksSetAside(items=[BookSetAside.of(letter) for letter in letters])

    @post("/dead-letters/{store:str}/{isbn:str}/send-again", status_code=200, description=SendAgain.__doc__)
    async def send(
        self,
        store: FromPath[str],
        isbn: FromPath[str],
        staff: NamedDependency[Principal],  # noqa: ARG002 - as above
        send_again: NamedDependency[SendAgain],
    ) -> SentAgain:
        """One book."""
        return SentAgain(sent=await send_again(StoreName(store), Isbn.parse(isbn)))
