"""GET /v1/books/{isbn}/prices."""

import time
from datetime import timedelta
from typing import Annotated, Any, Final

import msgspec
from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, QueryParameter
from litestar.response import ServerSentEvent

from application.prices.compare_prices import LONGEST, ComparePrices
from application.prices.comparison_events import Compared
from application.prices.price_question import ONLY_NEW, PriceQuestion
from application.shared.answers import Answer, Life
from domain.prices.offer import Condition
from domain.shared.edition_format import Format
from domain.shared.isbn import Isbn
from entrypoints.http.answers.answers import Answers
from entrypoints.http.answers.entity_tags import fingerprint
from entrypoints.http.answers.ready import answered
from entrypoints.http.prices.comparison_schemas import PriceComparison
from entrypoints.http.prices.stream import last_seen, messages

# Seconds: so many visitors who ask the same at once cause one comparison. What stores told is remembered
# elsewhere, store by store, and longer.
LIFE: Final = Life(fresh=1.0)
MOST: Final = LONGEST.total_seconds()
EVENTS: Final = "text/event-stream"
_encode: Final = msgspec.json.Encoder().encode
MostSeconds = Annotated[float, QueryParameter(ge=0, le=MOST, description="Seconds, at most; 0: ask nobody.")]
Conditions = Annotated[
    list[Condition] | None,
    QueryParameter(description="The best is sought among these; may be given several times. Else: new."),
]
LastEventId = Annotated[str | None, HeaderParameter(name="Last-Event-ID")]


class BookPrices(Controller):
    """Open to everybody, for any valid ISBN."""

    path = "/books/{isbn:str}/prices"
    tags = ("Prices",)

    @get(description=ComparePrices.__doc__)
    async def compare(
        self,
        *,
        request: Request[Any, Any, Any],
        isbn: FromPath[str],
        compare_prices: NamedDependency[ComparePrices],
        answers: NamedDependency[Answers],
        condition: Conditions = None,
        format: Annotated[Format | None, QueryParameter(description="No other is shown.")] = None,  # noqa: A002 - the query's word
        currency: Annotated[str, QueryParameter(description="The best is sought in this one.")] = "USD",
        wait: MostSeconds = MOST,
        last_event_id: LastEventId = None,
    ) -> Response[PriceComparison]:
        """What it costs, store by store; with `Accept: text/event-stream` as the stores answer."""
        question = PriceQuestion(
            isbn=Isbn.parse(isbn),
            currency=currency,
            conditions=frozenset(condition) if condition else ONLY_NEW,
            format=format,
        )
        came = time.monotonic()
        if EVENTS in request.headers.get("accept", ""):
            seen = last_seen(last_event_id)
            events = compare_prices(question, within=timedelta(seconds=wait))
            return ServerSentEvent(messages(events, question.isbn.value, currency, seen))  # type: ignore[return-value] # another shape of the same

        async def ask() -> Answer:
            left = max(
                came + wait - time.monotonic(), 0.0
            )  # who waited for another's question waits no longer
            body = _encode(await _compared(compare_prices, question, timedelta(seconds=left)))
            return Answer(body, f'"{fingerprint(body)}"')

        meaning = repr((question.isbn, currency, sorted(question.conditions), format, wait)).encode()
        return await answered(request, answers, ask, LIFE, meaning)


async def _compared(
    compare_prices: ComparePrices, question: PriceQuestion, within: timedelta
) -> PriceComparison:
    found = [event async for event in compare_prices(question, within=within) if isinstance(event, Compared)]
    return PriceComparison.of(question.isbn.value, question.currency, found[0])
