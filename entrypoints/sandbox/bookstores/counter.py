"""What a store does for its customers, whatever language they speak."""

from domain.shared.errors import InvalidInput
from domain.shared.isbn import Isbn
from entrypoints.sandbox.bookstores import desk, orders
from entrypoints.sandbox.bookstores.clock import PriceClock
from entrypoints.sandbox.bookstores.desk import Wanted
from entrypoints.sandbox.bookstores.mischief import calling, spoil
from entrypoints.sandbox.bookstores.orders import Order
from entrypoints.sandbox.bookstores.refusals import no_such_call
from entrypoints.sandbox.bookstores.shelf import Listed, Shelf
from entrypoints.sandbox.bookstores.store import Store
from entrypoints.sandbox.bookstores.tags import Tags
from entrypoints.sandbox.shared.faults import Faults, Handler
from entrypoints.sandbox.shared.journal import Journal
from entrypoints.sandbox.shared.serving import Refusal


class Counter:
    """Of one store."""

    def __init__(self, store: Store, tags: Tags, clock: PriceClock, faults: Faults, journal: Journal) -> None:
        self.store, self._clock, self._faults, self._journal = store, clock, faults, journal
        self.shelf = Shelf(store, tags)

    def operation(self, name: str, handler: Handler) -> Handler:
        """The handler of calls that faults name so."""
        return calling(f"{self.store.name}/{name}", self._faults, handler)

    def search(self, isbn: str) -> list[Listed]:
        """Every offer of that book."""
        found = self.shelf.offers(_valid(isbn), self._clock.step())
        return spoil(f"{self.store.name}/search", self._faults, found)

    def look(self, offer_id: str) -> Listed | None:
        """One offer as it stands now; None if it is gone."""
        found = self.shelf.offer(offer_id, self._clock.step())
        if found is None:
            return None
        (offer,) = spoil(f"{self.store.name}/detail", self._faults, [found])
        return offer

    async def order(self, wanted: Wanted) -> tuple[Order, bool]:
        """Sell one copy. The order, and whether it is a new one."""
        self._demand(there_is=self.store.desk.takes_orders)
        offer = self.shelf.offer(wanted.offer_id, self._clock.step())
        return await self._journal.transact(
            lambda connection: desk.place(connection, self.store, wanted, offer, self._faults)
        )

    async def find(self, key: str) -> list[Order]:
        """The orders under that key."""
        self._demand(there_is=self.store.desk.lookup)
        return await self._journal.transact(
            lambda connection: orders.standing(connection, self.store.name, key)
        )

    async def cancel(self, key: str, order_id: str | None) -> list[Order]:
        """Call one of them off, or all."""
        self._demand(there_is=self.store.desk.takes_orders)
        return await self._journal.transact(
            lambda connection: desk.cancel(connection, self.store, key, order_id)
        )

    async def refund(self, key: str, order_id: str | None, amount: int) -> list[Order]:
        """Give a part of what it cost back."""
        self._demand(there_is=self.store.desk.takes_orders)
        return await self._journal.transact(
            lambda connection: desk.refund(connection, self.store, key, order_id, amount)
        )

    def _demand(self, *, there_is: bool) -> None:
        if not there_is:
            raise no_such_call()


def _valid(isbn: str) -> str:
    try:
        return Isbn.parse(isbn).value
    except InvalidInput as error:
        raise Refusal(400, "invalid_isbn", str(error)) from error
