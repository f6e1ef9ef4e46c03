"""Give a new shop something to sell."""

from collections.abc import Sequence
from typing import Final

from application.books.catalogue import BookQuery, Catalogue
from application.books.catalogue_files import CatalogueFile, Rejects, Tally
from application.books.import_catalogue import ImportCatalogue
from application.search.ports import SearchDocuments
from domain.books.category import Category
from domain.shared.clock import Clock

ALL_AT_ONCE: Final = 1_000_000  # rows: the shipped catalogue is one batch, so no shop is ever half filled


class FillShop:
    """A shop without a single book gets the shipped catalogue, and can be searched from the first visitor on.
    One that sells anything is left alone.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        import_catalogue: ImportCatalogue,
        documents: SearchDocuments,
        clock: Clock,
    ) -> None:
        self._catalogue = catalogue
        self._import = import_catalogue
        self._documents = documents
        self._clock = clock

    async def __call__(
        self, shipped: CatalogueFile, shelves: Sequence[Category], rejects: Rejects
    ) -> Tally | None:
        """What was taken in; None if there was something already."""
        if (await self._catalogue.list_books(BookQuery(limit=1))).items:
            return None
        tally = await self._import(shipped, rejects, shelves=shelves, batch_size=ALL_AT_ONCE)
        await self._documents.mark_unknown(ALL_AT_ONCE, self._clock.now())
        while (await self._documents.renew(ALL_AT_ONCE, self._clock.now())).marks:
            pass
        return tally
