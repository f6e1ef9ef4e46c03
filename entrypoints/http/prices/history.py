"""GET /v1/books/{isbn}/prices/history: what a book has cost, in numbers or drawn."""

from typing import Annotated, Any, Final

import msgspec
from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency, Provide
from litestar.enums import MediaType
from litestar.params import FromPath, FromQuery, QueryParameter

from application.prices.price_history import LONGEST, HistoryQuestion, SeePriceHistory
from application.shared.answers import Answer, Life
from domain.prices.offer import Condition, StoreName
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput
from domain.shared.isbn import Isbn
from entrypoints.http.answers.answers import Answers
from entrypoints.http.answers.entity_tags import already_has, fingerprint
from entrypoints.http.answers.ready import answered
from entrypoints.http.prices.picture import drawn
from entrypoints.http.prices.schemas import PriceHistoryPage

_PARAMETERS: Final = frozenset(HistoryQuestion.__dataclass_fields__) - {"isbn"}
# Seconds. A price of now is asked for elsewhere; what was, changes with a store's next answer.
LIFE: Final = Life(fresh=2.0, shared=10.0, stale=300.0)
SVG: Final = "image/svg+xml"
_encode: Final = msgspec.json.Encoder().encode


async def provide_history_question(
    *,
    request: Request[Any, Any, Any],
    isbn: FromPath[str],
    format: FromQuery[Format | None] = None,  # noqa: A002 - the parameter's public name
    condition: FromQuery[Condition | None] = None,
    store: Annotated[str | None, QueryParameter(description="One store, else the cheapest of all.")] = None,
    days: Annotated[int, QueryParameter(ge=1, le=LONGEST, description="How far back.")] = 90,
) -> HistoryQuestion:
    """What the visitor asks for; a misspelt filter is told, not passed over."""
    for name in request.query_params:
        if name not in _PARAMETERS:
            raise InvalidInput(name, f"There is no such filter; use {', '.join(sorted(_PARAMETERS))}.")
    return HistoryQuestion(
        isbn=Isbn.parse(isbn),
        days=days,
        format=format,
        condition=condition,
        store=None if store is None else StoreName(store),
    )


class HistoryOfPrices(Controller):
    """Open to everybody."""

    path = "/books/{isbn:str}/prices"
    tags = ("Prices",)
    dependencies = {"history_question": Provide(provide_history_question)}  # noqa: RUF012 - as Litestar declares it

    @get("/history", description=SeePriceHistory.__doc__)
    async def history(
        self,
        request: Request[Any, Any, Any],
        history_question: NamedDependency[HistoryQuestion],
        see_price_history: NamedDependency[SeePriceHistory],
        answers: NamedDependency[Answers],
    ) -> Response[PriceHistoryPage]:
        """What a book has cost; drawn, if `Accept: image/svg+xml` asks for it."""
        if request.accept.best_match([MediaType.JSON, SVG]) == SVG:
            return await _drawn(request, history_question, see_price_history)

        async def ask() -> Answer:
            body = _encode(PriceHistoryPage.of(await see_price_history(history_question)))
            return Answer(body, f'"{fingerprint(body)}"')

        return await answered(request, answers, ask, LIFE)

    @get("/history.svg", media_type=SVG, description=SeePriceHistory.__doc__)
    async def drawn_history(
        self,
        request: Request[Any, Any, Any],
        history_question: NamedDependency[HistoryQuestion],
        see_price_history: NamedDependency[SeePriceHistory],
    ) -> Response[Any]:
        """The same as a picture: the series that was seen most."""
        return await _drawn(request, history_question, see_price_history)


async def _drawn(
    request: Request[Any, Any, Any], question: HistoryQuestion, see: SeePriceHistory
) -> Response[Any]:
    """Its moments move on by themselves: a picture is as good as new for a minute."""
    body = drawn(await see(question)).encode()
    etag = f'"{fingerprint(body)}"'
    known = already_has(request.headers.get("if-none-match"), etag)
    return Response(
        b"" if known else body,
        status_code=304 if known else 200,
        media_type=SVG,
        headers={"ETag": etag, "Cache-Control": "public, max-age=60", "Vary": "Accept"},
    )
