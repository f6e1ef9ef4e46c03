"""All bookstores of a folder of descriptions."""

from collections.abc import Sequence

from adapters.stores.bookstore import DescribedBookstore
from adapters.stores.calls.wire import StoreWire
from adapters.stores.descriptions.store import Described
from domain.prices.offer import StoreName
from domain.prices.ports import Bookstore
from domain.shared.clock import Clock


class DescribedBookstores:
    """The `Bookstores` port."""

    def __init__(self, stores: Sequence[Described], wire: StoreWire, clock: Clock) -> None:
        by_name = sorted(stores, key=lambda store: store.asking.terms.name)
        self._stores = {
            store.asking.terms.name: DescribedBookstore(store.asking, wire, clock) for store in by_name
        }

    def all(self) -> Sequence[Bookstore]:
        """See the port."""
        return list(self._stores.values())

    def named(self, store: StoreName) -> Bookstore:
        """See the port."""
        return self._stores[store]
