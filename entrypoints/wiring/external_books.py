"""What others know of books."""

from dependency_injector import providers

from application.external_books.admit_visitor import AdmitVisitor
from application.external_books.ask_around import AskAround
from application.external_books.find_external_books import FindExternalBooks
from application.external_books.import_external_book import ImportExternalBook
from entrypoints.wiring.prices import PriceMemoryUseCases


class ExternalBooksUseCases(PriceMemoryUseCases):
    """What others know of books."""

    adapters = PriceMemoryUseCases.adapters

    ask_around = providers.Singleton(
        AskAround,
        adapters.guarded_book_sources,
        adapters.book_answers_kept,
        adapters.clock,
        adapters.measurements,
    )
    find_external_books = providers.Singleton(
        FindExternalBooks, ask_around, adapters.own_books, adapters.clock
    )
    import_external_book = providers.Singleton(
        ImportExternalBook,
        ask_around,
        adapters.catalogue,
        adapters.unit_of_work,
        PriceMemoryUseCases.add_book,
    )
    admit_visitor = providers.Singleton(AdmitVisitor, adapters.pace)
