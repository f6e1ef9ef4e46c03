"""The page at /docs on which the API can be read and tried. Everything it needs comes from this server."""

from functools import cache
from pathlib import Path
from typing import Annotated, Final

from litestar import Controller, MediaType, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import Parameter
from swagger_ui_bundle import swagger_ui_path  # type: ignore[import-untyped] # one constant, no types

ASSETS: Final = {
    "swagger-ui.css": "text/css",
    "swagger-ui-bundle.js": "text/javascript",
    "favicon-32x32.png": "image/png",
}
START: Final = """window.onload = () => SwaggerUIBundle({
  url: "/schema/openapi.json", dom_id: "#api", deepLinking: true, validatorUrl: null,
  tryItOutEnabled: true, persistAuthorization: true, displayRequestDuration: true,
});
"""
PAGE: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Octavo API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/docs/assets/favicon-32x32.png">
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
</head><body><div id="api"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>
"""
A_DAY: Final = {"Cache-Control": "public, max-age=86400"}  # they change with the installed package only


class ApiUi(Controller):
    """Public, like the schema it shows."""

    path = "/docs"
    include_in_schema = False

    @get(media_type=MediaType.HTML, sync_to_thread=False)
    def page(self) -> str:
        """The page."""
        return PAGE

    @get("/start.js", media_type="text/javascript", sync_to_thread=False)
    def start(self) -> str:
        """A file of its own, since the page's policy allows no script inside the page."""
        return START

    @get("/assets/{name:str}", sync_to_thread=False)
    def asset(self, name: Annotated[str, Parameter(max_length=100)]) -> Response[bytes]:
        """Swagger UI's own files."""
        if name not in ASSETS:
            raise NotFoundException
        return Response(_read(name), media_type=ASSETS[name], headers=A_DAY)


@cache  # 1.7 MB in all
def _read(name: str) -> bytes:
    return Path(swagger_ui_path, name).read_bytes()
