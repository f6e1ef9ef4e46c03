"""The shapes of Google Books: lists of volumes, single volumes, and errors."""

import html
from typing import Any, Final

from aiohttp import web

from domain.shared.errors import InvalidInput
from domain.shared.isbn import Isbn
from entrypoints.sandbox.books.library import Library, Volume
from entrypoints.sandbox.books.mischief import LIBRARY, Reply, Shape, retry_after, telling
from entrypoints.sandbox.shared.faults import Effect, Fault

MOST: Final = 40  # a page of Google's at most
BY_ITSELF: Final = 10  # where no number is asked for
LISTED: Final = 60  # characters of a description in a list


def list_volumes(request: web.Request) -> Reply:
    """GET /books/v1/volumes?q=&country=&maxResults="""
    country, query = request.query.get("country", ""), request.query.get("q", "").strip()
    if not _is_country(country):
        words = "Cannot determine user location for geographically restricted operation."
        return _error(403, "unknownLocation", words)
    if not query:
        return _error(400, "required", "Missing query.")
    most = min(int(asked) if (asked := request.query.get("maxResults", "")).isdigit() else BY_ITSELF, MOST)
    found = _matching(request.app[LIBRARY], query, most)
    listed = {"items": [_listed(volume, country) for volume in found]} if found else {}
    return Reply({"kind": "books#volumes", "totalItems": len(found), **listed})


def read_volume(request: web.Request) -> Reply:
    """GET /books/v1/volumes/{id}?country="""
    found = request.app[LIBRARY].by_id(request.match_info["id"])
    if found is None:
        return _error(404, "notFound", "The volume ID could not be found.")
    headers = {"ETag": f'"{found.etag}"'}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return Reply(None, 304, headers)
    return Reply(_document(found, request.query.get("country", "US")), headers=headers)


def add_to(router: web.UrlDispatcher) -> None:
    """Both routes."""
    shape = Shape(_refusal, _spoil)
    router.add_get("/books/v1/volumes", telling("google_search", list_volumes, shape))
    router.add_get("/books/v1/volumes/{id}", telling("google_volume", read_volume, shape))


def _matching(library: Library, query: str, most: int) -> list[Volume]:
    if query.startswith("isbn:"):
        try:
            found = library.by_isbn(Isbn.parse(query.removeprefix("isbn:")))
        except InvalidInput:
            return []
        return [found] if found else []
    return library.search(query.replace("intitle:", " ").replace("inauthor:", " "), most)


def _is_country(code: str) -> bool:
    return len(code) == len("US") and code.isalpha() and code.isupper() and code != "AA"


def _listed(volume: Volume, country: str) -> dict[str, Any]:
    """As lists have it: with less of the description, and without categories."""
    document = _document(volume, country)
    info = document["volumeInfo"]
    info["description"] = volume.description[:LISTED]
    del info["categories"]
    return document


def _document(volume: Volume, country: str) -> dict[str, Any]:
    link = f"/books/v1/volumes/{volume.id}"
    isbn10 = volume.isbn.isbn10
    shorter = [{"type": "ISBN_10", "identifier": isbn10}] if isbn10 else []
    pages = {"pageCount": volume.pages} if volume.pages else {}
    return {
        "kind": "books#volume",
        "id": volume.id,
        "etag": volume.etag,
        "selfLink": link,
        "volumeInfo": {
            "title": volume.title,
            "authors": list(volume.authors),
            "publisher": volume.publisher,
            "publishedDate": volume.published,
            "description": f"<p>{html.escape(volume.description)}</p>",
            "industryIdentifiers": [{"type": "ISBN_13", "identifier": volume.isbn.value}, *shorter],
            **pages,
            "printType": "BOOK",
            "categories": [f"Fiction / {subject}" for subject in volume.subjects],
            "maturityRating": "NOT_MATURE",
            "language": volume.language,
        },
        "saleInfo": {"country": country, "saleability": "NOT_FOR_SALE", "isEbook": False},
    }


def _error(status: int, reason: str, message: str, **headers: str) -> Reply:
    error = {"domain": "global", "reason": reason, "message": message}
    return Reply(
        {"error": {"code": status, "message": message, "errors": [error]}}, status=status, headers=headers
    )


def _refusal(fault: Fault) -> Reply:
    match fault.effect:
        case Effect.TOO_MANY:
            words = "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute'."
            return _error(429, "rateLimitExceeded", words, **retry_after(fault))
        case Effect.DAY_SPENT:
            return _error(403, "dailyLimitExceeded", "Daily Limit Exceeded.")
    return _error(403, "forbidden", "The caller does not have permission.")


def _spoil(document: dict[str, Any], effect: Effect, library: Library) -> None:
    for item in document.get("items", [document] if "volumeInfo" in document else []):
        info, known = item["volumeInfo"], library.by_id(item["id"])
        match effect:
            case Effect.WRONG_ISBN if known:
                wrong = library.another(known)
                info["industryIdentifiers"] = [{"type": "ISBN_13", "identifier": wrong.value}]
            case Effect.MISSING_FIELDS:
                item["volumeInfo"] = {name: info[name] for name in ("title", "industryIdentifiers")}
            case Effect.GARBAGE:
                info |= {"authors": "somebody", "publisher": ["?"], "publishedDate": "19??", "pageCount": -3}
                info |= {"language": "un", "imageLinks": {"large": "javascript:alert(1)"}, "categories": 7}
