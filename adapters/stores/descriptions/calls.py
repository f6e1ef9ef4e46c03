"""From calls as they are written to calls that can be filled and made."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Final, cast

from adapters.stores.calls.template import Body, CallTemplate, FormBody, JsonBody, Tree, XmlBody, places_in
from adapters.stores.descriptions.mistakes import Mistake, one_of
from adapters.stores.descriptions.written import CallTable

METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")
BODIES: Final = ("json", "form", "xml", "graphql")
OF_QUESTIONS: Final = frozenset({"isbn", "isbn10", "country", "currency"})


def call(
    key: str, table: CallTable, accept: str, headers: Mapping[str, str], places: AbstractSet[str]
) -> CallTemplate:
    """A call that is filled with those `places`."""
    body = _body(key, table)
    if not table.path.startswith("/"):
        raise Mistake(f"{key}.path", 'it begins with "/" and comes below the address.')
    headers = {"Accept": accept, **headers, **table.headers}
    sent = {
        "path": table.path, "query": table.query, "headers": headers,
        "json": table.json, "form": table.form, "xml": table.xml, "variables": table.variables,
    }  # fmt: skip
    return CallTemplate(
        method=one_of(f"{key}.method", table.method or ("POST" if body else "GET"), METHODS),
        path=table.path,
        query=table.query,
        headers=headers,
        body=body,
        places=frozenset(
            name for part, what in sent.items() for name in _places(f"{key}.{part}", what, places)
        ),
    )


def demand_place(key: str, made: CallTemplate, *names: str) -> None:
    """The call must send one of these, or it cannot be about what is meant."""
    if not made.places & set(names):
        wanted = " or ".join(f"{{{name}}}" for name in names)
        raise Mistake(key, f"it never sends {wanted}.")


def _places(key: str, what: object, known: AbstractSet[str]) -> list[str]:
    found = list(places_in(what))
    for place in found:
        if place["name"] not in known:
            raise Mistake(key, f"{place[0]} is not known here; known are {', '.join(sorted(known))}.")
        if place["number"] and not (key.endswith((".json", ".variables")) and place[0] == place.string):
            raise Mistake(key, f"{place[0]} can stand in JSON alone, and there alone in its text.")
    return [place["name"] for place in found]


def _body(key: str, table: CallTable) -> Body | None:
    given = [name for name in BODIES if getattr(table, name) is not None]
    if len(given) > 1:
        raise Mistake(key, f"it can send only one of {' and '.join(given)}.")
    if table.json is not None:
        return JsonBody(_tree(f"{key}.json", table.json))
    if table.form is not None:
        return FormBody(table.form)
    if table.xml is not None:
        return XmlBody(table.xml)
    if table.graphql is not None:
        variables = _tree(f"{key}.variables", table.variables)
        operation = {"operationName": table.operation} if table.operation else {}
        return JsonBody({"variables": variables}, {"query": table.graphql, **operation})
    if table.variables or table.operation:
        raise Mistake(key, '"operation" and "variables" go with a "graphql" query.')
    return None


def _tree(key: str, table: Mapping[str, object]) -> dict[str, Tree]:
    for name, value in table.items():
        _demand_tree(f"{key}.{name}", value)
    return cast("dict[str, Tree]", dict(table))


def _demand_tree(key: str, value: object) -> None:
    match value:
        case str() | bool() | int():
            return
        case list():
            for place, entry in enumerate(value):
                _demand_tree(f"{key}[{place}]", entry)
        case dict():
            _tree(key, value)
        case _:
            raise Mistake(key, "only texts, whole numbers, true, false, lists and tables can be sent.")
