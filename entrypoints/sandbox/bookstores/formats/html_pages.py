"""HTML: pages for people, from which machines may learn the price if they read with care."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

from aiohttp import web

from entrypoints.sandbox.bookstores.book import format_of, title_of
from entrypoints.sandbox.bookstores.counter import Counter
from entrypoints.sandbox.bookstores.formats.html_markup import json_ld, microdata
from entrypoints.sandbox.bookstores.formats.html_text import FORMATS, others, tag, written
from entrypoints.sandbox.bookstores.formats.language import Call
from entrypoints.sandbox.bookstores.refusals import no_such_offer
from entrypoints.sandbox.bookstores.shelf import Listed
from entrypoints.sandbox.bookstores.store import Markup
from entrypoints.sandbox.shared.serving import Refusal

PAGE: Final = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title} | {store}</title></head>
<body>
<header><a href="{home}">{store}</a>
<nav><a href="{home}/new">New</a> <a href="{home}/used">Used</a></nav></header>
{middle}
<footer>© {store}. Prices change without notice.</footer>
</body></html>
"""
LANGUAGES: Final = {"DE": "de", "FR": "fr", "CH": "de", "JP": "ja"}
MARKUPS: Final = {Markup.MICRODATA: microdata, Markup.JSON_LD: json_ld}


class HtmlPages:
    """At one store's counter."""

    def __init__(self, counter: Counter) -> None:
        self._counter, self._store = counter, counter.store
        self._markup = MARKUPS[counter.store.markup or Markup.MICRODATA]

    def calls(self) -> Sequence[Call]:
        """Two to look; whoever wants to buy goes there in person."""
        named = self._counter.operation
        return (
            ("GET", "/isbn/{isbn}", named("search", self._search)),
            ("GET", "/offer/{id}", named("detail", self._look)),
        )

    def refusal(self, refusal: Refusal) -> web.Response:
        """A page with that status."""
        heading = written(HTTPStatus(refusal.status).phrase)
        words = f"<main><h1>{heading}</h1><p>{written(refusal.message)}</p></main>"
        return self._page(heading, words, refusal.status)

    async def _search(self, request: web.Request) -> web.Response:
        return self._shown(self._counter.search(request.match_info["isbn"]))

    async def _look(self, request: web.Request) -> web.Response:
        offer = self._counter.look(request.match_info["id"])
        return self._shown([offer] if offer else [])

    def _shown(self, offers: Sequence[Listed]) -> web.Response:
        if not offers:
            raise no_such_offer()
        isbn, seed = offers[0].isbn, self._store.seed
        title, binding = title_of(seed, isbn), FORMATS[format_of(seed, isbn)]
        tags = [tag(self._store, offer) for offer in offers]
        return self._page(title, self._markup(title, isbn, binding, tags, others(self._store, isbn)))

    def _page(self, title: str, middle: str, status: int = 200) -> web.Response:
        text = PAGE.format(
            language=LANGUAGES.get(self._store.country, "en"),
            title=written(title),
            store=written(self._store.title),
            home=f"/{self._store.name}",
            middle=middle,
        )
        return web.Response(text=text, content_type="text/html", status=status)
