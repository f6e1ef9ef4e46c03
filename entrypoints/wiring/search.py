"""Finding books: the engines, the documents, and what keeps them equal to the catalogue."""

import time

from dependency_injector import providers

from application.search.audit_index import AuditIndex
from application.search.engines import Engines
from application.search.help import Help
from application.search.index_works import IndexWorks
from application.search.reactions import MarkBook, MarkImported, MarkOrdered, MarkWork
from application.search.rebuild_index import RebuildIndex
from application.search.search_works import SearchWorks
from application.search.shelves import Shelves
from application.search.suggest import Suggest
from entrypoints.wiring.external_books import ExternalBooksUseCases


class SearchUseCases(ExternalBooksUseCases):
    """Finding books: the engines, the documents, and what keeps them equal to the catalogue."""

    adapters = ExternalBooksUseCases.adapters

    shelves = providers.Singleton(Shelves, adapters.catalogue, providers.Object(time.monotonic))
    engines = providers.Singleton(
        Engines,
        adapters.search_engine,
        adapters.second_search_engine,
        adapters.search_breaker,
        adapters.measurements,
    )
    search_works = providers.Singleton(
        SearchWorks,
        engines=engines,
        cards=adapters.work_cards,
        shelves=shelves,
        search_help=providers.Singleton(Help, adapters.speller),
        embedder=adapters.embedder,
    )
    suggest = providers.Singleton(Suggest, engines, shelves)
    rebuild_index = providers.Singleton(
        RebuildIndex, adapters.search_documents, adapters.search_index, adapters.clock
    )
    index_works = providers.Singleton(
        IndexWorks,
        documents=adapters.search_documents,
        index=adapters.search_index,
        rebuild=rebuild_index,
        answers=adapters.shared_answers,
        clock=adapters.clock,
        measurements=adapters.measurements,
    )
    audit_index = providers.Singleton(
        AuditIndex,
        adapters.search_documents,
        adapters.search_index,
        adapters.clock,
        adapters.measurements,
    )
    mark_work = providers.Singleton(MarkWork, adapters.search_documents, adapters.clock)
    mark_book = providers.Singleton(MarkBook, adapters.search_documents, adapters.clock)
    mark_ordered = providers.Singleton(
        MarkOrdered, adapters.search_documents, adapters.order_views, adapters.clock
    )
    mark_imported = providers.Singleton(MarkImported, adapters.search_documents, adapters.clock)
