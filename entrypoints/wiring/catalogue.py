"""The catalogue, the stock room, and what every visitor meets."""

from dependency_injector import containers, providers

from application.books.add_book import AddBook
from application.books.fill_shop import FillShop
from application.books.import_catalogue import ImportCatalogue
from application.books.list_authors import ListAuthors
from application.books.list_books import ListBooks
from application.books.list_categories import ListCategories
from application.books.list_series import ListSeries
from application.books.read_author import ReadAuthor
from application.books.read_book import ReadBook
from application.books.read_series import ReadSeries
from application.books.read_work import ReadWork
from application.books.revise_book import ReviseBook
from application.books.withdraw_book import WithdrawBook
from application.health.check_readiness import CheckReadiness
from application.inventory.receive_stock import ReceiveStock, SeeStock
from application.search.embed_works import EmbedWorks
from application.shared.rate_limiter import LimitReader
from entrypoints.http.answers.answers import Answers


class BrowsingUseCases(containers.DeclarativeContainer):
    """The catalogue, the stock room, and what every visitor meets."""

    adapters = providers.DependenciesContainer()

    list_books = providers.Singleton(ListBooks, adapters.catalogue)
    read_book = providers.Singleton(ReadBook, adapters.catalogue)
    list_categories = providers.Singleton(ListCategories, adapters.catalogue, adapters.shelf_counts)
    read_work = providers.Singleton(ReadWork, adapters.bibliography)
    list_authors = providers.Singleton(ListAuthors, adapters.bibliography)
    read_author = providers.Singleton(ReadAuthor, adapters.bibliography)
    list_series = providers.Singleton(ListSeries, adapters.bibliography)
    read_series = providers.Singleton(ReadSeries, adapters.bibliography)
    answers = providers.Singleton(Answers, adapters.measurements, adapters.shared_answers)
    add_book = providers.Singleton(AddBook, adapters.unit_of_work, adapters.ids, adapters.clock)
    revise_book = providers.Singleton(ReviseBook, adapters.unit_of_work, adapters.clock)
    withdraw_book = providers.Singleton(WithdrawBook, adapters.unit_of_work, adapters.clock)
    import_catalogue = providers.Singleton(ImportCatalogue, adapters.catalogue_loader, adapters.clock)
    fill_shop = providers.Singleton(
        FillShop, adapters.catalogue, import_catalogue, adapters.search_documents, adapters.clock
    )
    embed_works = providers.Singleton(EmbedWorks, adapters.embedder, adapters.work_embeddings, adapters.clock)
    check_readiness = providers.Singleton(CheckReadiness, adapters.leaned_on, adapters.clock)
    limit_reader = providers.Singleton(LimitReader, adapters.rate_limiter)
    receive_stock = providers.Singleton(ReceiveStock, adapters.unit_of_work, adapters.clock)
    see_stock = providers.Singleton(SeeStock, adapters.unit_of_work)
