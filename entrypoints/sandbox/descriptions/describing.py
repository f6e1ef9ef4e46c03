"""Descriptions of the stand-in bookstores, made from their own list of themselves."""

import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Final, Literal

import msgspec

SECRET: Final = "OCTAVO_BOOKSTORES_API_KEY"  # noqa: S105 - the name of a variable, not a secret
HEAD: Final = "# Written by `octavo describe-bookstores`; changes are lost when it runs again."
# Where local texts have a comma before their cents.
COMMA: Final = frozenset({"DE", "FR"})


class Limit(msgspec.Struct):
    """One of its rules."""

    calls: int
    seconds: int


class Authentication(msgspec.Struct):
    """How it wants to be shown the key."""

    kind: Literal["none", "header", "query"]
    name: str = ""


class Listed(msgspec.Struct):
    """A store as `GET /stores` tells of it."""

    name: str
    title: str
    path: str
    country: str
    currency: str
    format: Literal["json", "xml", "html", "graphql"]
    limits: Sequence[Limit]
    auth: Authentication
    can_order: bool
    idempotent: bool
    lookup: bool
    markup: Literal["microdata", "json-ld"] | None = None
    feed: str | None = None

    @property
    def wire(self) -> str:
        """The wire format as descriptions call it."""
        return self.format if self.markup is None else self.markup.replace("-", "_")


def description(store: Listed, url: str) -> str:
    """The text of its file; `url` is where all stores are."""
    parts = [_head(store, url), _authentication(store), _local_amounts(store), _template(store.wire)]
    if store.can_order:
        parts.append(f"\n[ordering]\nsame_key_same_order = {_toml(store.idempotent)}\n")
        parts.append(_template(f"{store.wire}-ordering"))
        if store.lookup:
            parts.append(_template(f"{store.wire}-find"))
    return "".join(parts)


def _head(store: Listed, url: str) -> str:
    facts: dict[str, str] = {
        "name": store.name,
        "title": store.title,
        "address": f"{url}{store.path}",
        "wire": store.wire,
        "country": store.country,
        "currency": store.currency,
    }
    if store.feed is not None:
        facts["feed"] = store.feed
    limits = ", ".join(f"{{ calls = {limit.calls}, seconds = {limit.seconds} }}" for limit in store.limits)
    lines = [HEAD, *(f"{name} = {_toml(value)}" for name, value in facts.items()), f"limits = [{limits}]"]
    return "\n".join(lines) + "\n"


def _authentication(store: Listed) -> str:
    if store.auth.kind == "none":
        return ""
    return f'\n[authentication]\nenv = "{SECRET}"\n{store.auth.kind} = {_toml(store.auth.name)}\n'


def _local_amounts(store: Listed) -> str:
    if store.format != "html":
        return ""
    mark = "," if store.country in COMMA else "."
    return f'\n[amounts]\nwritten = "local"\ndecimal_mark = "{mark}"\n'


def _template(name: str) -> str:
    return files(__package__).joinpath(f"{name}.toml").read_text("utf-8")


def _toml(value: str | bool) -> str:  # noqa: FBT001 - whichever a key has
    """Texts and truths are written in TOML as in JSON, but for the sign for deletion."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
