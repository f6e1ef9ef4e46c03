"""What stores told, as it lies in Valkey: their answers in MessagePack, each after its moment."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

from adapters.redis.packing import Garbled
from domain.prices.answer import Told, Unanswered
from domain.prices.estimates.change_rate import ChangeRate
from domain.prices.memory import Known, StoreMemory, Trouble
from domain.prices.offer import Availability, Condition, Offer, StoreName
from domain.prices.store import Missing
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput
from domain.shared.isbn import Isbn
from domain.shared.money import Money

DIGITS: Final = 16  # microseconds since 1970, up to the year 2286
WHOLE: Final = b"*"
_A_MICROSECOND: Final = timedelta(microseconds=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class _Offer(msgspec.Struct, array_like=True):
    """Without what the key and the field say already."""

    offer_id: str
    seller: str
    format: Format
    condition: Condition
    currency: str
    item: int
    shipping: int
    tax: int
    availability: Availability
    seen_at: int


class _Answer(msgspec.Struct, array_like=True):
    took: int
    changes: float
    seconds: float
    offers: list[_Offer]


_read: Final = msgspec.msgpack.Decoder(_Answer)
_write: Final = msgspec.msgpack.Encoder()


def moment(at: datetime) -> str:
    """As digits that sort like times."""
    return f"{(at - _EPOCH) // _A_MICROSECOND:0{DIGITS}d}"


def packed(known: Known) -> bytes:
    """A store's answer, without its moment."""
    evidence, told = known.evidence, known.told
    offers = [_packed(offer) for offer in told.offers]
    return _write.encode(_Answer(told.took // _A_MICROSECOND, evidence.changes, evidence.seconds, offers))


def unpacked(isbn: Isbn, store: StoreName, field: bytes) -> Known:
    """A field of an answer; raises `Garbled`."""
    try:
        answer = _read.decode(field[DIGITS:])
        offers = tuple(_unpacked(isbn, store, offer) for offer in answer.offers)
        took = timedelta(microseconds=answer.took)
        told = Told(isbn=isbn, store=store, offers=offers, at=_time(field), took=took)
    except (msgspec.MsgspecError, InvalidInput, ValueError, OverflowError) as error:
        raise Garbled from error
    return Known(told, ChangeRate(answer.changes, answer.seconds))


def trouble(field: bytes) -> Trouble:
    """A field of a failure; raises `Garbled`."""
    try:
        _, failures, why = field.decode().split(" ")
        return Trouble(Missing(why), _time(field), int(failures))
    except (ValueError, OverflowError) as error:
        raise Garbled from error


def failed(isbn: Isbn, store: StoreName, field: bytes) -> Unanswered:
    """The last failure itself; raises `Garbled`."""
    last = trouble(field)
    return Unanswered(isbn=isbn, store=store, why=last.why, at=last.at)


def stores(isbn: Isbn, fields: Sequence[bytes]) -> Mapping[StoreName, StoreMemory]:
    """All that is in a hash, whose names and values come in turn; what is garbled was never told."""
    found: dict[StoreName, StoreMemory] = {}
    for name, field in zip(fields[::2], fields[1::2], strict=True):
        if name == WHOLE:
            continue
        try:
            store = StoreName(name.decode().removesuffix("!"))
            if name.endswith(b"!"):
                one = StoreMemory(trouble=trouble(field))
            else:
                one = StoreMemory(known=unpacked(isbn, store, field))
        except (Garbled, UnicodeDecodeError):
            continue
        found[store] = found[store].joined(one) if store in found else one
    return found


def _packed(offer: Offer) -> _Offer:
    return _Offer(
        offer_id=offer.offer_id,
        seller=offer.seller,
        format=offer.format,
        condition=offer.condition,
        currency=offer.item.currency,
        item=offer.item.amount,
        shipping=offer.shipping.amount,
        tax=offer.tax.amount,
        availability=offer.availability,
        seen_at=(offer.seen_at - _EPOCH) // _A_MICROSECOND,
    )


def _unpacked(isbn: Isbn, store: StoreName, offer: _Offer) -> Offer:
    return Offer(
        store=store,
        offer_id=offer.offer_id,
        seller=offer.seller,
        isbn=isbn,
        format=offer.format,
        condition=offer.condition,
        item=Money(offer.item, offer.currency),
        shipping=Money(offer.shipping, offer.currency),
        tax=Money(offer.tax, offer.currency),
        availability=offer.availability,
        seen_at=_EPOCH + timedelta(microseconds=offer.seen_at),
    )


def _time(field: bytes) -> datetime:
    return _EPOCH + timedelta(microseconds=int(field[:DIGITS]))
