"""Between the watch aggregate and its rows, both ways."""

from datetime import timedelta
from typing import Any

import msgspec
from psycopg.types.json import Jsonb

from adapters.postgres.database import Row
from domain.shared.edition_format import Format
from domain.shared.isbn import Isbn
from domain.shared.money import Money
from domain.watches.lows import Low
from domain.watches.notices import Notice
from domain.watches.quiet_hours import QuietHours
from domain.watches.status import AfterPurchase, EndReason, WatchStatus
from domain.watches.terms import Buying, Terms
from domain.watches.threshold import Alert
from domain.watches.watch import Watch


def identity_columns(watch: Watch) -> dict[str, object]:
    """What never changes."""
    return {
        "id": watch.id,
        "user_id": watch.user_id,
        "isbn": watch.isbn.value,
        "begun_at": watch.begun_at,
        "currency": watch.terms.target.currency,
    }


def standing_columns(watch: Watch) -> dict[str, object]:
    """What may change."""
    return {
        **_terms_columns(watch.terms),
        "status": watch.status.value,
        "threshold": watch.threshold.amount,
        "fired_at": _amount(watch.alert.fired_at),
        "clears": watch.alert.clears,
        "looked_at": watch.looked_at,
        "held_until": watch.held_until,
        "rests_until": watch.rests_until,
        "veto_until": watch.veto_until,
        "attempt": watch.attempt,
        "maximum": _amount(watch.maximum),
        "purchase_id": watch.purchase_id if watch.attempt else None,
        "bought": watch.bought,
        "spent": _amount(watch.spent),
        "failures": watch.failures,
        "last_failure": watch.last_failure,
        "after_purchase": watch.after_purchase,
        "ended_because": watch.ended_because,
        "notices": Jsonb(msgspec.to_builtins(watch.notices)),
        "told": watch.told,
        "needs_attention": watch.needs_attention,
        "wakes_at": watch.next_date,
    }


def watch_from(row: Row) -> Watch:
    """The aggregate from its row."""
    return Watch(
        id=row.id,
        user_id=row.user_id,
        isbn=Isbn(row.isbn),
        terms=_terms_from(row),
        begun_at=row.begun_at,
        status=WatchStatus(row.status),
        alert=Alert(_money(row.fired_at, row.currency), row.clears),
        looked_at=row.looked_at,
        held_until=row.held_until,
        rests_until=row.rests_until,
        veto_until=row.veto_until,
        attempt=row.attempt,
        maximum=_money(row.maximum, row.currency),
        bought=row.bought,
        spent=_money(row.spent, row.currency),
        failures=row.failures,
        last_failure=row.last_failure,
        after_purchase=AfterPurchase(row.after_purchase) if row.after_purchase else None,
        ended_because=EndReason(row.ended_because) if row.ended_because else None,
        notices=msgspec.convert(row.notices, tuple[Notice, ...]),
        told=row.told,
        needs_attention=row.needs_attention,
        version=row.version,
    )


def low_from(row: Row) -> Low:
    """A price as it was heard."""
    return Low(
        isbn=Isbn(row.isbn),
        format=Format(row.format),
        condition=row.condition,
        currency=row.currency,
        price=_money(row.price, row.currency),
        at=row.at,
    )


def _terms_columns(terms: Terms) -> dict[str, Any]:
    quiet, buying = terms.quiet, terms.buying
    veto = buying.veto if buying else None
    return {
        "formats": sorted(terms.formats),
        "conditions": sorted(terms.conditions),
        "target": terms.target.amount,
        "until": terms.until,
        "quiet_begin": quiet.begin if quiet else None,
        "quiet_end": quiet.end if quiet else None,
        "quiet_zone": quiet.zone if quiet else None,
        "quantity": buying.quantity if buying else None,
        "budget": buying.budget.amount if buying else None,
        "veto_seconds": int(veto.total_seconds()) if veto else None,
    }


def _terms_from(row: Row) -> Terms:
    return Terms(
        formats=frozenset(Format(name) for name in row.formats),
        conditions=frozenset(row.conditions),
        target=Money(row.target, row.currency),
        until=row.until,
        quiet=QuietHours(row.quiet_begin, row.quiet_end, row.quiet_zone) if row.quiet_zone else None,
        buying=_buying_from(row) if row.quantity else None,
    )


def _buying_from(row: Row) -> Buying:
    return Buying(
        quantity=row.quantity,
        budget=Money(row.budget, row.currency),
        veto=timedelta(seconds=row.veto_seconds) if row.veto_seconds else None,
    )


def _amount(money: Money | None) -> int | None:
    return None if money is None else money.amount


def _money(amount: int | None, currency: str) -> Money | None:
    return None if amount is None else Money(amount, currency)
