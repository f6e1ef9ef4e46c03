"""The whole shop in memory behind the unit of work: what fails is undone, as in a transaction."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import copy, deepcopy
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from tests.fakes.belongings import InMemoryBelongings
from tests.fakes.bets import InMemoryBets, InMemoryMarkets, InMemoryPaddock, InMemoryStandings
from tests.fakes.books import InMemoryBooks, InMemoryCategories, InMemoryWorks
from tests.fakes.club_buys import InMemoryClubBuys
from tests.fakes.clubs import InMemoryCalendars, InMemoryClubs, InMemoryMeetings, InMemoryWorkLengths
from tests.fakes.friends import InMemoryCallingCards, InMemoryFriendships, KeptFriendships
from tests.fakes.inventory import InMemoryInventory
from tests.fakes.orders import InMemoryOrders
from tests.fakes.points import InMemoryPoints, InMemoryReadingMarks
from tests.fakes.prices import InMemoryPriceRecords
from tests.fakes.promotions import InMemoryCoupons
from tests.fakes.purchases import InMemoryBudgets, InMemoryPurchases
from tests.fakes.quotes import InMemoryQuotes
from tests.fakes.requests import InMemoryPaymentInbox, InMemoryPaymentLedger, InMemoryRequests
from tests.fakes.reviews import (
    InMemoryProofs,
    InMemoryReviewReports,
    InMemoryReviews,
    InMemoryReviewVotes,
    InMemoryWorkRatings,
)
from tests.fakes.threads import InMemoryThreads
from tests.fakes.users import InMemorySessions, InMemorySubjectKeys, InMemoryUsers
from tests.fakes.votes import InMemoryVotes
from tests.fakes.watches import InMemoryWatches


@dataclass
class InMemoryWork:
    """The repositories; transactions come one after the other."""

    orders: InMemoryOrders = field(default_factory=InMemoryOrders)
    inventory: InMemoryInventory = field(default_factory=InMemoryInventory)
    payments: InMemoryPaymentLedger = field(default_factory=InMemoryPaymentLedger)
    payment_inbox: InMemoryPaymentInbox = field(default_factory=InMemoryPaymentInbox)
    requests: InMemoryRequests = field(default_factory=InMemoryRequests)
    coupons: InMemoryCoupons = field(default_factory=InMemoryCoupons)
    quotes: InMemoryQuotes = field(default_factory=InMemoryQuotes)
    prices: InMemoryPriceRecords = field(default_factory=InMemoryPriceRecords)
    users: InMemoryUsers = field(default_factory=InMemoryUsers)
    sessions: InMemorySessions = field(default_factory=InMemorySessions)
    subject_keys: InMemorySubjectKeys = field(default_factory=InMemorySubjectKeys)
    categories: InMemoryCategories = field(default_factory=InMemoryCategories)
    reviews: InMemoryReviews = field(default_factory=InMemoryReviews)
    purchases: InMemoryPurchases = field(default_factory=InMemoryPurchases)
    watches: InMemoryWatches = field(default_factory=InMemoryWatches)
    markets: InMemoryMarkets = field(default_factory=InMemoryMarkets)
    bets: InMemoryBets = field(default_factory=InMemoryBets)
    standings: InMemoryStandings = field(default_factory=InMemoryStandings)
    clubs: InMemoryClubs = field(default_factory=InMemoryClubs)
    meetings: InMemoryMeetings = field(default_factory=InMemoryMeetings)
    calendars: InMemoryCalendars = field(default_factory=InMemoryCalendars)
    calling_cards: InMemoryCallingCards = field(default_factory=InMemoryCallingCards)
    kept_friendships: KeptFriendships = field(default_factory=KeptFriendships)
    threads: InMemoryThreads = field(default_factory=InMemoryThreads)
    votes: InMemoryVotes = field(default_factory=InMemoryVotes)
    club_buys: InMemoryClubBuys = field(default_factory=InMemoryClubBuys)
    points: InMemoryPoints = field(default_factory=InMemoryPoints)
    reading_marks: InMemoryReadingMarks = field(default_factory=InMemoryReadingMarks)
    books: InMemoryBooks = field(init=False)
    works: InMemoryWorks = field(init=False)

    def __post_init__(self) -> None:
        self.books = InMemoryBooks(self.categories)
        self.works = InMemoryWorks(self.books)

    @property
    def belongings(self) -> InMemoryBelongings:
        return InMemoryBelongings(self)

    @property
    def budgets(self) -> InMemoryBudgets:
        return InMemoryBudgets(self.purchases)

    @property
    def paddock(self) -> InMemoryPaddock:
        return InMemoryPaddock(self.meetings)

    @property
    def work_lengths(self) -> InMemoryWorkLengths:
        return InMemoryWorkLengths(self.books)

    @property
    def friendships(self) -> InMemoryFriendships:
        return InMemoryFriendships(self.kept_friendships, self.users)

    @property
    def work_ratings(self) -> InMemoryWorkRatings:
        return InMemoryWorkRatings(self.reviews)

    @property
    def review_votes(self) -> InMemoryReviewVotes:
        return InMemoryReviewVotes(self.reviews)

    @property
    def review_reports(self) -> InMemoryReviewReports:
        return InMemoryReviewReports(self.reviews)

    @property
    def proofs(self) -> InMemoryProofs:
        return InMemoryProofs(self.orders, self.books, self.reviews)


class InMemoryUnitOfWork:
    """The `UnitOfWork` port over one `InMemoryWork`."""

    def __init__(self, work: InMemoryWork) -> None:
        self.work = work
        self._one_at_a_time = asyncio.Lock()

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[InMemoryWork]:
        async with self._one_at_a_time:
            before = {f.name: _copied(vars(getattr(self.work, f.name))) for f in fields(self.work)}
            try:
                yield self.work
            except BaseException:
                for name, state in before.items():
                    vars(getattr(self.work, name)).clear()
                    vars(getattr(self.work, name)).update(state)
                raise


def _copied(value: Any) -> Any:  # noqa: ANN401 - whatever a repository keeps
    """As `deepcopy`, but what is frozen is shared: every transaction copies the whole shop."""
    if isinstance(value, dict):
        same = copy(value)
        for key in same:
            same[key] = _copied(same[key])
        return same
    if isinstance(value, list):
        return [*map(_copied, value)]
    if not is_dataclass(value):
        return deepcopy(value)
    if type(value).__dataclass_params__.frozen:  # type: ignore[attr-defined] # as every dataclass has them
        return value
    same = copy(value)
    for part in fields(value):
        setattr(same, part.name, _copied(getattr(value, part.name)))
    return same
