"""The shape of Open Library's search: works, each with the edition that fits best."""

from typing import Any, Final

from aiohttp import web

from domain.shared.errors import InvalidInput
from domain.shared.isbn import Isbn
from entrypoints.sandbox.books.library import Library, Volume
from entrypoints.sandbox.books.mischief import LIBRARY, Reply, Shape, retry_after, telling
from entrypoints.sandbox.shared.faults import Effect, Fault

MOST: Final = 100
MARC: Final = {"en": "eng"}


def search(request: web.Request) -> Reply:
    """GET /search.json?q=&limit=; `fields` is taken as asking for everything there is."""
    query, limit = request.query.get("q", "").strip(), request.query.get("limit", "")
    most = min(int(limit), MOST) if limit.isdigit() else MOST
    docs = [_work(volume) for volume in _matching(request.app[LIBRARY], query, most)]
    return Reply({"numFound": len(docs), "start": 0, "numFoundExact": True, "q": query, "docs": docs})


def add_to(router: web.UrlDispatcher) -> None:
    """The one route."""
    router.add_get("/search.json", telling("open_library_search", search, Shape(_refusal, _spoil)))


def _matching(library: Library, query: str, most: int) -> list[Volume]:
    if query.startswith("isbn:"):
        try:
            found = library.by_isbn(Isbn.parse(query.removeprefix("isbn:")))
        except InvalidInput:
            return []
        return [found] if found else []
    once: dict[tuple[str, ...], Volume] = {}
    for volume in library.search(query, MOST * 10):
        once.setdefault((volume.title, *volume.authors), volume)
    return list(once.values())[:most]


def _work(volume: Volume) -> dict[str, Any]:
    isbn10 = volume.isbn.isbn10
    edition = {
        "key": f"/books/OL{volume.number}M",
        "title": volume.title,
        "isbn": [volume.isbn.value, *([isbn10] if isbn10 else [])],
        "publisher": [volume.publisher],
        "publish_date": [volume.published],
        "language": [MARC[volume.language]],
    }
    return {
        "key": f"/works/OL{volume.number}W",
        "title": volume.title,
        "author_name": list(volume.authors),
        "subject": list(volume.subjects),
        "editions": {"numFound": 1, "start": 0, "numFoundExact": True, "docs": [edition]},
    }


def _refusal(fault: Fault) -> Reply:
    if fault.effect is Effect.FORBIDDEN:
        return Reply({"status": 403, "message": "Forbidden"}, status=403)
    # It knows no quota of the day; its front server says the same whatever was too much.
    words = "Too Many Requests. Consider using https://openlibrary.org/developers/dumps."
    headers = retry_after(fault) if fault.effect is Effect.TOO_MANY else {}
    return Reply({"status": 429, "message": words}, status=429, headers=headers)


def _spoil(document: dict[str, Any], effect: Effect, library: Library) -> None:
    for work in document["docs"]:
        edition = work["editions"]["docs"][0]
        match effect:
            case Effect.WRONG_ISBN:
                known = library.by_isbn(Isbn(edition["isbn"][0]))
                edition["isbn"] = [library.another(known).value] if known else []
            case Effect.MISSING_FIELDS:
                work["editions"]["docs"] = [{name: edition[name] for name in ("key", "isbn")}]
                del work["author_name"], work["subject"]
            case Effect.GARBAGE:
                edition |= {"publisher": "?", "publish_date": ["19--"], "language": ["und"], "cover_i": -1}
                work |= {"author_name": {"name": "?"}, "subject": [None, 7]}
