"""What the catalogue knows of works: read in three statements, however many works there are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from adapters.postgres.database import Connection, Row
from adapters.postgres.repositories.book_rows import work_from
from adapters.postgres.statement import Statement
from application.search.document import CatalogueWork, IndexedEdition
from domain.shared.ids import WorkId

_WORKS: Final = Statement("""
SELECT w.id, w.title, w.language, w.first_published, w.series_name, w.series_number, w.description,
       ARRAY(SELECT name FROM work_authors a WHERE a.work_id = w.id ORDER BY a.position) AS authors,
       coalesce(r.rating_stars, 0) AS rating_sum, coalesce(r.rating_count, 0) AS rating_count, d.fingerprint
FROM works w LEFT JOIN work_ratings r ON r.work_id = w.id LEFT JOIN search_documents d ON d.work_id = w.id
WHERE w.id = ANY(%(works)s)
""")
_EDITIONS: Final = Statement("""
SELECT b.work_id, b.isbn, b.format, b.title, b.price, b.language, b.published_date, b.sold_lately,
       b.details ->> 'summary' AS summary,
       b.format IN ('ebook', 'audiobook') OR coalesce(s.on_hand > s.held, false) AS available,
       ARRAY(SELECT category FROM book_categories c WHERE c.book_id = b.id) AS categories
FROM books b LEFT JOIN stock s ON s.book_id = b.id
WHERE b.work_id = ANY(%(works)s) AND b.withdrawn_at IS NULL ORDER BY b.id
""")
_PARENTS: Final = Statement("SELECT slug, parent FROM categories WHERE parent IS NOT NULL")


@dataclass(frozen=True, slots=True)
class KnownWork:
    """The facts of a work, and the fingerprint of the document it has (None: it has none yet)."""

    work: CatalogueWork
    fingerprint: bytes | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Rows as they were read; making works of them is work for another thread."""

    works: Sequence[Row]
    editions: Sequence[Row]
    parents: Mapping[str, str]

    def known_works(self) -> list[KnownWork]:
        """One for each work that exists."""
        editions: defaultdict[WorkId, list[Row]] = defaultdict(list)
        for row in self.editions:
            editions[row.work_id].append(row)
        return [
            KnownWork(self._work(row, editions[row.id]), row.fingerprint and bytes(row.fingerprint))
            for row in self.works
        ]

    def _work(self, row: Row, editions: Sequence[Row]) -> CatalogueWork:
        slugs = {slug for edition in editions for slug in edition.categories}
        above = {self.parents[slug] for slug in slugs if slug in self.parents}
        return CatalogueWork(
            id=WorkId(row.id),
            facts=work_from(row).facts,
            editions=[_edition(edition) for edition in editions],
            categories=sorted(slugs | above),
            rating_sum=row.rating_sum,
            rating_count=row.rating_count,
            sold=sum(edition.sold_lately for edition in editions),
        )


def _edition(row: Row) -> IndexedEdition:
    return IndexedEdition(
        isbn=row.isbn,
        format=row.format,
        title=row.title,
        price=row.price,
        language=row.language,
        published_date=row.published_date,
        summary=row.summary,
        available=row.available,
    )


async def read_facts(connection: Connection, works: Sequence[WorkId]) -> Facts:
    """Of these works."""
    ids = list(works)
    return Facts(
        works=await connection.all(_WORKS, works=ids),
        editions=await connection.all(_EDITIONS, works=ids),
        parents={row.slug: row.parent for row in await connection.all(_PARENTS)},
    )
