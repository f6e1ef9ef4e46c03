"""The wire formats that are understood, by the names descriptions call them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from adapters.stores.answers.html import read_html
from adapters.stores.answers.json_data import json_path, read_json
from adapters.stores.answers.schema_org import read_json_ld, read_microdata
from adapters.stores.answers.selectors import selector
from adapters.stores.answers.spot import Path, Spot, Unreadable
from adapters.stores.answers.xml import read_xml, xml_path


@dataclass(frozen=True, slots=True)
class WireFormat:
    """How a body becomes something with places (`read` raises `Unreadable`), and how a path to one is written
    (`path` raises `BadPath`). `accept` goes with each question. At `error_place` an answer of 200 tells of
    errors.
    """

    read: Callable[[bytes, str | None], Spot]
    path: Callable[[str], Path]
    accept: str
    error_place: Path | None = None

    def told(self, body: bytes, charset: str | None) -> tuple[Spot | None, str]:
        """The body, or why it cannot be understood: the body of an error often cannot, which is no matter."""
        try:
            return self.read(body, charset), ""
        except Unreadable as why:
            return None, str(why)


_PAGE: Final = "text/html, application/xhtml+xml;q=0.9"

WIRE_FORMATS: Final[Mapping[str, WireFormat]] = {
    "json": WireFormat(read_json, json_path, "application/json"),
    # A server that could do nothing says so in `errors` of a 200 (GraphQL specification, 7.1.2).
    "graphql": WireFormat(
        read_json,
        json_path,
        "application/graphql-response+json, application/json;q=0.9",
        json_path("errors[]"),
    ),
    "xml": WireFormat(read_xml, xml_path, "application/xml, text/xml;q=0.9"),
    "json_ld": WireFormat(read_json_ld, json_path, _PAGE),
    "microdata": WireFormat(read_microdata, json_path, _PAGE),
    "html": WireFormat(read_html, selector, _PAGE),
}
