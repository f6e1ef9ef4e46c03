"""From an entry to the row an import stages."""

from collections.abc import Sequence
from typing import Final

import msgspec

from application.books.catalogue_files import Staged
from domain.books.text import matching_key, sorting_key

UNIT_SEPARATOR: Final = "\x1f"
_json: Final = msgspec.json.Encoder().encode


def staged_row(item: Staged) -> Sequence[object]:
    """In the order of the columns of `staged`."""
    entry, edition, work = item.entry, item.entry.edition, item.entry.work
    return (
        entry.isbn.value,
        entry.format.value,
        edition.title,
        sorting_key(edition.title),
        entry.price.amount,
        entry.price.currency,
        edition.publisher,
        edition.published_date,
        edition.language,
        edition.pages,
        edition.weight_grams,
        edition.cover,
        _json(edition.details).decode() if edition.details else None,
        UNIT_SEPARATOR.join(edition.categories) if edition.categories else None,
        entry.stock,
        entry.sold,
        item.leads,
        work.key,
        work.title,
        UNIT_SEPARATOR.join(work.authors),
        UNIT_SEPARATOR.join([matching_key(name) for name in work.authors]),
        work.language,
        work.first_published,
        work.series.name if work.series else None,
        work.series.number if work.series else None,
        work.series_key,
        work.series_place,
        work.description,
    )
