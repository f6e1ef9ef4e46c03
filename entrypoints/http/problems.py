"""Problem documents (RFC 9457): one shape for everything that can go wrong."""

import re
from http import HTTPStatus
from typing import Final, NotRequired, TypedDict

PROBLEM_JSON: Final = "application/problem+json"
_WORDING: Final = (
    (re.compile(r"Object contains unknown field `.*`"), "There is no such field here."),
    (re.compile(r"Object missing required field `.*`"), "This field is missing."),
)
_PLACED: Final = re.compile(r"(?P<words>.*?)(?: - at `\$(?P<place>.*)`)?", re.DOTALL)
_NAMED: Final = re.compile(r"Object (?:contains unknown|missing required) field `(?P<field>.*)`")


class FieldProblem(TypedDict):
    """What is wrong with one field, named the way the caller wrote it (`shipping_addr.city`)."""

    field: str
    message: str


class Problem(TypedDict):
    """Every error of this API. `code` is stable: programs should branch on it, people read `detail`."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: NotRequired[list[FieldProblem]]


def problem(status: int, code: str, detail: str, **more: object) -> Problem:
    """Put the document together; `more` are facts a program can act on."""
    title = HTTPStatus(status).phrase if code == "internal_error" else code.replace("_", " ").capitalize()
    document = {"type": f"/problems/{code}", "title": title, "status": status, "code": code, "detail": detail}
    return document | more  # type: ignore[return-value] # extension members are RFC 9457's own idea


def field_problem(message: str) -> FieldProblem:
    """The place and the reason out of a decoder's message."""
    found = _PLACED.fullmatch(message)
    words, place = (found["words"], found["place"] or "") if found else (message, "")
    named = _NAMED.fullmatch(words)
    path = f"{place}.{named['field']}" if named else place
    return {"field": path.lstrip("."), "message": wording(words)}


def wording(message: str) -> str:
    """Say it to a person."""
    for pattern, words in _WORDING:
        if pattern.fullmatch(message):
            return words
    return message
