"""Bodies are decoded once, straight into the type the route asks for, and strictly: "1" is no number."""

from functools import cache
from typing import Any, Final

import msgspec
from litestar import Request
from litestar.exceptions import ClientException, InternalServerException, ValidationException

from entrypoints.http.problems import field_problem

NUL: Final = b"\\u0000"  # PostgreSQL's text cannot hold it, and nobody means it
UNSUPPORTED_MEDIA_TYPE: Final = 415
JSON_TYPES: Final = ("application/json", "+json")


class StrictRequest(Request[Any, Any, Any]):
    """Litestar's request, except that its JSON says where it is wrong."""

    async def json(self) -> object:
        """The body as the handler's `data` is typed."""
        media_type, _ = self.content_type
        if media_type and not media_type.endswith(JSON_TYPES):
            raise ClientException(
                "Send the body as JSON, with 'Content-Type: application/json'.",
                status_code=UNSUPPORTED_MEDIA_TYPE,
            )
        field = self.route_handler.parsed_data_field
        return _decode(await self.body(), field.annotation if field else Any)

    async def body(self) -> bytes:
        """The whole body, up to the route's limit."""
        try:
            return await super().body()
        except InternalServerException as gone:  # Litestar's word for a client who left while sending
            raise ClientException("The request ended before its body did.") from gone


def _decode(body: bytes, wanted: object) -> object:
    try:
        if NUL in body:
            raise ValidationException("The character U+0000 is not allowed anywhere.")
        return _decoder(wanted).decode(body)
    except msgspec.ValidationError as wrong:
        found = field_problem(str(wrong))
        raise ValidationException(extra=[{"key": found["field"], "message": found["message"]}]) from wrong
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as malformed:
        raise ClientException(_where(body, malformed)) from malformed


@cache  # one for each type a route takes
def _decoder(wanted: Any) -> msgspec.json.Decoder[Any]:  # noqa: ANN401 - any type a route may name
    return msgspec.json.Decoder(wanted)


def _where(body: bytes, malformed: Exception) -> str:
    if isinstance(malformed, UnicodeDecodeError):
        return "The body is not UTF-8."
    words, _, place = str(malformed).rstrip(")").partition(" (byte ")
    if not place.isdigit():
        return f"The body is not JSON: {words}."
    before = body[: int(place)]
    line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
    return (
        f"The body is not JSON: {words.removeprefix('JSON is malformed: ')} at line {line}, column {column}."
    )
