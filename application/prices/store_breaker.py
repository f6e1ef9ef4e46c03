"""Whether a store is asked at all: one that does badly is left in peace, for longer each time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from application.prices.store_health import Admission, Patience, Report, StoreHealth, StoreState
from application.prices.store_outages import StoreOutages
from application.shared.measurements import Measurements
from domain.prices.offer import StoreName
from domain.prices.pace import spacing
from domain.prices.store import StoreTerms

# A quarter of what may be asked in a minute tells enough: five are the least that tell anything, and twenty
# the most that a bad store should cost.
A_QUARTER: Final = timedelta(seconds=15)
FEWEST, MOST = 5, 20
SPREAD: Final = 0.2  # of a pause, either way: stores that failed together need not be tried together
LATE: Final = 1.0  # seconds; a probe comes back within its time, and its place is kept a little longer


@dataclass(frozen=True, slots=True)
class StoreBreaker:
    """Stands before every call to a store, in all processes alike. `chance` is a number from 0 to 1."""

    health: StoreHealth
    measurements: Measurements
    chance: Callable[[], float]
    outages: StoreOutages

    async def admit(self, terms: StoreTerms, within: float) -> Admission:
        """May it be asked, by somebody who will be done `within` so many seconds? Whoever is admitted
        reports, or gives the admission back.
        """
        admission = await self.health.admit(terms.name, within + LATE)
        self._tell(terms.name, admission.turned)
        if not admission.admitted:
            self.measurements.store_spared(terms.name)
        return admission

    async def report(self, terms: StoreTerms, admission: Admission, report: Report) -> None:
        """How it went."""
        patience = Patience(_enough(terms), 1 + SPREAD * (2 * self.chance() - 1))
        self._tell(terms.name, await self.health.report(terms.name, admission.ticket, report, patience))

    async def give_back(self, terms: StoreTerms, admission: Admission) -> None:
        """Nothing was learnt: the next one may find out."""
        await self.health.give_back(terms.name, admission.ticket)

    async def readmit(self, store: StoreName) -> None:
        """An operator has looked: it is asked again at once."""
        self._tell(store, await self.health.readmit(store))

    def _tell(self, store: StoreName, turned: StoreState | None) -> None:
        if turned is not None:
            self.measurements.store_turned(store, turned)
            self.outages.turned(store, turned)


def _enough(terms: StoreTerms) -> int:
    return min(MOST, max(FEWEST, A_QUARTER // spacing(terms)))
