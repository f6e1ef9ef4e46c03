"""Sends answers that are ready before the framework has read a single parameter: most requests end here."""

from typing import Any, Final, cast

from litestar import Request, Response
from litestar.di import Provide
from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send

from application.shared.answers import Answer, Life
from entrypoints.http.answers.answers import Answers, Question
from entrypoints.http.answers.asking import Ask
from entrypoints.http.answers.entity_tags import already_has

# As long as an answer may be old here, it may be old in a browser.
_CACHE_CONTROL: Final = (b"cache-control", b"public, max-age=1")
_JSON: Final = (b"content-type", b"application/json")


class ReadyAnswer(Response[Any]):
    """A finished answer; nothing is left for the framework to encode."""

    def __init__(self, answer: Answer, *, known: bool) -> None:
        self._body = b"" if known else answer.body
        self._status = 304 if known else 200
        self._headers = [(b"etag", answer.etag.encode()), _CACHE_CONTROL]
        if not known:
            self._headers += [_JSON, (b"content-length", str(len(answer.body)).encode())]

    def to_asgi_response(self, *_: object, **__: object) -> ASGIApp:  # type: ignore[override] # it is one already
        """The answer itself."""
        return self._send

    async def _send(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's signature
        await send({"type": "http.response.start", "status": self._status, "headers": self._headers})
        await send({"type": "http.response.body", "body": self._body, "more_body": False})


async def answer_at_once(request: Request[Any, Any, Any]) -> ReadyAnswer | None:
    """Before the handler: what was asked a moment ago is not asked again."""
    answers = cast("Answers", cast("Provide", request.app.dependencies["answers"]).dependency())
    answer = None if _wants_anew(request.scope) else answers.ready(question_of(request))
    return None if answer is None else _fitting(request.scope, answer)


async def answered(
    request: Request[Any, Any, Any], answers: Answers, ask: Ask, life: Life, meaning: bytes | None = None
) -> ReadyAnswer:
    """Ask, and have the answer ready for the next, in other processes for the next question of the same
    `meaning`: the order of parameters means nothing.
    """
    question = question_of(request)
    known = ordered(question[1]) if meaning is None else meaning
    answer = await answers.get(question, ask, anew=_wants_anew(request.scope), life=life, meaning=known)
    return _fitting(request.scope, answer)


def ordered(query: bytes) -> bytes:
    """By names; what has the same name stays in its order."""
    if b"&" not in query:
        return query
    parameters = sorted(query.split(b"&"), key=_name)
    return b"&".join(parameters)


def question_of(request: Request[Any, Any, Any]) -> Question:
    """Equal addresses ask the same."""
    return request.scope["path"], request.scope["query_string"]


def _name(parameter: bytes) -> bytes:
    return parameter.partition(b"=")[0]


def _fitting(scope: HTTPScope, answer: Answer) -> ReadyAnswer:
    return ReadyAnswer(answer, known=already_has(_header(scope, b"if-none-match"), answer.etag))


def _wants_anew(scope: HTTPScope) -> bool:
    return "no-cache" in (_header(scope, b"cache-control") or "")


def _header(scope: HTTPScope, wanted: bytes) -> str | None:
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == wanted), None)
