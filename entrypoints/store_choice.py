"""Which bookstores there are, by the folder of their descriptions."""

import structlog

from adapters.stores.bookstores import DescribedBookstores
from adapters.stores.calls.wire import StoreWire
from adapters.stores.descriptions.folder import Descriptions, read_folder
from adapters.stores.store_orders import DescribedStoreOrders
from domain.shared.clock import Clock
from entrypoints.book_sources import agent
from entrypoints.settings import Settings

_log = structlog.get_logger("octavo.stores")


def store_descriptions(settings: Settings) -> Descriptions:
    """All that can be used. The others are named in the log, and the shop goes on without them: prices are
    compared with fewer stores, which is better than no shop.
    """
    stores = settings.stores
    if stores.folder is None:
        return Descriptions((), ())
    found = read_folder(stores.folder, stores.variables)
    for mistake in found.mistakes:
        _log.error("store_left_out", file=mistake.file, key=mistake.key, problem=mistake.problem)
    return found


def store_wire(settings: Settings) -> StoreWire:
    """The connections to all of them."""
    return StoreWire(agent(settings.books.contact))


def described_bookstores(found: Descriptions, wire: StoreWire, clock: Clock) -> DescribedBookstores:
    """Those that can be asked."""
    return DescribedBookstores(found.stores, wire, clock)


def described_store_orders(found: Descriptions, wire: StoreWire) -> DescribedStoreOrders:
    """Those that take orders."""
    return DescribedStoreOrders([store.desk for store in found.stores if store.desk is not None], wire)
