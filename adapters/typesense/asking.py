"""Asks several things in one request, and takes half an answer for none."""

from typing import Any, Final, cast

from typesense import AsyncClient
from typesense.exceptions import TypesenseClientError

from adapters.typesense.answers import Result, results_of
from adapters.typesense.client import answering
from adapters.typesense.question import Search
from domain.search.errors import SearchUnavailable

TOO_LONG: Final = 408  # says the engine when its time was over before anything was found


class GivenUp(SearchUnavailable):
    """The engine ended a search before it was through."""


async def ask(client: AsyncClient, *searches: Search) -> list[Result]:
    """An answer to each. Raises `GivenUp` when one of them was cut off, and `SearchUnavailable`."""
    with answering():
        try:
            # The client's types are those of newer servers and know not all that this one takes.
            answer = await client.multi_search.perform(cast("Any", {"searches": list(searches)}))
        except TypesenseClientError as refused:
            if refused.args[:1] == (TOO_LONG,):
                raise _given_up() from refused
            raise
        results = results_of(cast("Any", answer))
    if len(results) != len(searches):
        raise SearchUnavailable("The search engine left a question out.")
    if any(result.search_cutoff for result in results):
        raise _given_up()
    return results


def _given_up() -> GivenUp:
    return GivenUp("The search took too long.")
