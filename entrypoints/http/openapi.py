"""The API's description: what Litestar derives from the handlers, completed by what it cannot know."""

from collections.abc import Iterator
from typing import Any, Final

from litestar import Litestar, Request
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.routes import HTTPRoute

from entrypoints.http.problems import PROBLEM_JSON
from entrypoints.product import product_version

DESCRIPTION: Final = """An open online bookstore. Money is `{"amount": 1299, "currency": "USD"}` in minor
units, times are ISO 8601 in UTC, lists are `{"items": [...], "next": cursor or null}`, and every error is a
problem document (RFC 9457) with a stable `code`, each explained at `/problems`."""
PROBLEM_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "title": "Problem",
    "description": "RFC 9457. Branch on `code`; show `detail` to people.",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {
            "type": "string",
            "description": "Where the code is explained.",
            "examples": ["/problems/not_found"],
        },
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable.", "examples": ["not_found"]},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "description": "Each wrong field of the request.",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
    "additionalProperties": True,
    "examples": [
        {
            "type": "/problems/invalid_request",
            "title": "Invalid request",
            "status": 400,
            "code": "invalid_request",
            "detail": "qty: Expected `int` >= 1",
            "errors": [{"field": "qty", "message": "Expected `int` >= 1"}],
        }
    ],
}
_REF: Final = {"$ref": "#/components/schemas/Problem"}
_INVALID: Final = "The request is malformed or a field breaks a rule."
_ALWAYS: Final = {
    "429": "Too many requests; see Retry-After.",
    "503": "Something the shop leans on does not answer; see Retry-After.",
    "default": "Anything else that can go wrong: `code` says what.",
}


class CompleteSchema(JsonRenderPlugin):
    """Litestar's schema with the problems each operation can answer with, and who may ask."""

    def __init__(self) -> None:
        super().__init__(path="/openapi.json")
        self._complete: dict[str, Any] | None = None

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """Complete it once, since it changes only with the code."""
        if self._complete is None:
            self._complete = complete(openapi_schema, request.app)
        return self.render_json(request, self._complete)


def openapi_config() -> OpenAPIConfig:
    """Served at /schema/openapi.json; shown at /docs."""
    return OpenAPIConfig(
        title="Octavo",
        version=product_version(),
        description=DESCRIPTION,
        path="/schema",
        render_plugins=[CompleteSchema()],
        use_handler_docstrings=True,
        components=Components(
            security_schemes={"token": SecurityScheme(type="http", scheme="bearer", bearer_format="JWT")}
        ),
    )


def complete(schema: dict[str, Any], app: Litestar) -> dict[str, Any]:
    """Add the problem document, its responses, and the token where one is asked for."""
    schema["components"].setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
    for path, method, handler in _operations(app):
        operation = schema["paths"].get(path, {}).get(method)
        if operation is not None:
            _complete_operation(operation, handler)
    return schema


def asked_for(handler: HTTPRouteHandler) -> set[str]:
    """The names of all parameters of the handler and of what provides them: who names `reader` is closed."""
    providers = handler.resolve_dependencies()
    found: set[str] = set()
    waiting = list(handler.parsed_fn_signature.parameters)
    while waiting:
        name = waiting.pop()
        if name not in found and name in providers:
            waiting += providers[name].parsed_fn_signature.parameters
        found.add(name)
    return found


def _operations(app: Litestar) -> Iterator[tuple[str, str, HTTPRouteHandler]]:
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                for method in handler.http_methods:
                    yield route.path_format or "/", method.lower(), handler


def _complete_operation(operation: dict[str, Any], handler: HTTPRouteHandler) -> None:
    wanted = asked_for(handler)
    data = handler.parsed_fn_signature.parameters.get("data")
    if data is not None and data.has_default:
        operation["requestBody"]["required"] = False
    responses: dict[str, Any] = operation.setdefault("responses", {})
    for status, words in _problems(operation, wanted).items():
        if status == "400" or status not in responses:  # Litestar's own 400 has another shape
            responses[status] = {"description": words, "content": {PROBLEM_JSON: {"schema": _REF}}}
    if wanted & {"reader", "staff"}:
        operation["security"] = [{"token": []}]
    elif "visitor" in wanted:
        operation["security"] = [{}, {"token": []}]


def _problems(operation: dict[str, Any], wanted: set[str]) -> dict[str, str]:
    found = dict(_ALWAYS)
    if "requestBody" in operation:
        found |= {"413": "The body is longer than 64 KB.", "415": "The body is not declared as JSON."}
    if "requestBody" in operation or operation.get("parameters"):
        found["400"] = _INVALID
    if any(parameter.get("in") == "path" for parameter in operation.get("parameters", ())):
        found["404"] = "There is no such thing, or it is not yours."
    if wanted & {"reader", "staff", "visitor"}:
        found["401"] = "The access token is missing, expired or revoked."
    if "staff" in wanted:
        found["403"] = "This needs the role staff or admin."
    return found
