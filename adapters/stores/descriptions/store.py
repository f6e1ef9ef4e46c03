"""From a description as it is written to what can be asked."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from adapters.stores.answers.wire_format import WIRE_FORMATS
from adapters.stores.bookstore import AskingPlan, Question
from adapters.stores.calls.wire import Address
from adapters.stores.descriptions import facts
from adapters.stores.descriptions.calls import OF_QUESTIONS, call, demand_place
from adapters.stores.descriptions.facts import Idiom
from adapters.stores.descriptions.mistakes import Mistake, one_of
from adapters.stores.descriptions.ordering import order_desk
from adapters.stores.descriptions.rules import rules
from adapters.stores.descriptions.secrets import Secrets
from adapters.stores.descriptions.written import (
    FactTable,
    LimitTable,
    OfferTable,
    QuestionTable,
    StoreFile,
    WholeOfferTable,
)
from adapters.stores.mapping.offers import OfferMapping, OfferReader
from adapters.stores.mapping.verdicts import OF_QUESTIONS as MEANINGS
from adapters.stores.order_desk import OrderDesk
from domain.prices.offer import Availability, Condition, StoreName
from domain.prices.store import RateLimit, StoreTerms
from domain.shared.address import demand_country
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput
from domain.shared.money import EXPONENTS

SLOWEST: Final = 60  # seconds; nobody waits longer for a price
MOST_CALLS: Final = 1_000_000  # nobody allows more, and nobody needs them
LONGEST_WINDOW: Final = 31 * 24 * 60 * 60  # seconds: quotas are by the month at most
_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
OPTIONAL: Final = frozenset({"seller", "currency", "where"})


@dataclass(frozen=True, slots=True)
class Described:
    """A store, as its description has it."""

    asking: AskingPlan
    desk: OrderDesk | None


def described(written: StoreFile, secrets: Secrets) -> Described:
    """The store. Raises `Mistake`."""
    wire = WIRE_FORMATS[one_of("wire", written.wire, WIRE_FORMATS)]
    terms, address = _terms(written), _address(written, secrets)
    facts.notation("amounts", written.amounts.written, written.amounts.decimal_mark)
    idiom = Idiom(wire, written.amounts, written.currency)
    errors = rules("errors", written.errors, MEANINGS, idiom)
    search = _question("search", written.search, written, idiom)
    demand_place("search", search.call, "isbn", "isbn10")
    detail = search
    if written.detail is not None:
        detail = _question("detail", written.detail, written, idiom, frozenset({"offer_id"}))
        demand_place("detail", detail.call, "offer_id")
    asking = AskingPlan(terms=terms, address=address, search=search, detail=detail, errors=errors)
    return Described(asking, order_desk(written, terms, address))


def _terms(written: StoreFile) -> StoreTerms:
    if not _NAME.fullmatch(written.name):
        raise Mistake("name", f"{written.name!r} is not of small letters, digits and hyphens.")
    if not written.title.strip():
        raise Mistake("title", "it is empty: readers see it.")
    try:
        demand_country("country", written.country)
    except InvalidInput as why:
        raise Mistake("country", why.message) from None
    one_of("currency", written.currency, sorted(EXPONENTS))
    if not written.limits:
        raise Mistake("limits", "it is empty: a store without a limit is asked as often as we like.")
    if not 1 <= written.answer_seconds <= SLOWEST:
        raise Mistake("answer_seconds", f"it should be from 1 to {SLOWEST}.")
    return StoreTerms(
        name=StoreName(written.name),
        title=written.title.strip(),
        country=written.country,
        currency=written.currency,
        limits=tuple(_limit(f"limits[{place}]", limit) for place, limit in enumerate(written.limits)),
        can_order=written.ordering is not None,
        feed=written.feed,
    )


def _limit(key: str, limit: LimitTable) -> RateLimit:
    if not (1 <= limit.calls <= MOST_CALLS and 1 <= limit.seconds <= LONGEST_WINDOW):
        raise Mistake(key, f"calls are from 1 to {MOST_CALLS}, seconds from 1 to {LONGEST_WINDOW}.")
    return RateLimit(limit.calls, limit.seconds)


def _address(written: StoreFile, secrets: Secrets) -> Address:
    parts = urlsplit(written.address)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise Mistake("address", f"{written.address!r} is no address like https://api.example.com/v1.")
    if parts.username is not None:
        raise Mistake(
            "address", "it holds a user name: put secrets elsewhere and name them in [authentication]."
        )
    in_clear = parts.scheme == "http" and not _is_near(parts.hostname)
    if in_clear and (written.authentication is not None or written.ordering is not None):
        raise Mistake("address", "keys and orders travel by https:// alone.")
    headers, query = secrets.proofs(written.authentication)
    return Address(written.name, written.address.rstrip("/"), written.answer_seconds, headers, query)


def _is_near(host: str) -> bool:
    """On this machine, or a name without a dot: that of a neighbour in a network of our own."""
    return host in {"127.0.0.1", "::1"} or ("." not in host and ":" not in host)


def _question(
    key: str, table: QuestionTable, written: StoreFile, idiom: Idiom, more: frozenset[str] = frozenset()
) -> Question:
    made = call(key, table, idiom.wire.accept, written.headers, OF_QUESTIONS | more)
    reader = OfferReader(
        offers=facts.path(f"{key}.offers", table.offers, idiom),
        mapping=_mapping(key, table, written, idiom),
        proof=None if table.always_has is None else facts.path(f"{key}.always_has", table.always_has, idiom),
        proof_key=f"{key}.always_has",
    )
    return Question(made, idiom.wire, reader)


def _mapping(key: str, table: QuestionTable, written: StoreFile, idiom: Idiom) -> OfferMapping:
    keys, offer = _whole(key, table.offer, written.offer)
    isbn, others = facts.isbn_fact(keys["isbn"], offer.isbn, idiom)
    seller = offer.seller or FactTable(always=written.title.strip())
    amounts = (offer.item, offer.shipping, offer.tax)
    return OfferMapping(
        isbn=isbn,
        others=others,
        offer_id=facts.fact(keys["offer_id"], offer.offer_id, idiom),
        seller=facts.fact(keys["seller"], seller, idiom),
        condition=facts.word_fact(keys["condition"], offer.condition, idiom, Condition),
        format=facts.word_fact(keys["format"], offer.format, idiom, Format),
        availability=facts.word_fact(keys["availability"], offer.availability, idiom, Availability),
        parts=facts.parts(keys.__getitem__, amounts, offer.currency, idiom),
        where=facts.where(keys["where"], offer.where or {}, idiom),
    )


def _whole(key: str, own: OfferTable, usual: OfferTable) -> tuple[dict[str, str], WholeOfferTable]:
    """The facts of a call, and the key under which each was written: its own where it has one."""
    keys, values = {}, {}
    for name in own.__struct_fields__:
        mine, shared = getattr(own, name), getattr(usual, name)
        keys[name] = f"offer.{name}" if mine is None else f"{key}.offer.{name}"
        values[name] = shared if mine is None else mine
        if values[name] is None and name not in OPTIONAL:
            raise Mistake(keys[name], "it is missing: say where answers tell it, or what it always is.")
    return keys, WholeOfferTable(**values)
