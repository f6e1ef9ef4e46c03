"""One transaction over the repositories a use case needs."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from domain.bets.ports import Bets, Markets, Paddock
from domain.books.ports import Books, Categories, Works
from domain.club_buys.ports import ClubBuys
from domain.clubs.ports import Clubs
from domain.friends.ports import CallingCards, Friendships
from domain.inventory.ports import Inventory
from domain.leaderboards.ports import Standings
from domain.meetings.ports import Meetings, WorkLengths
from domain.orders.ports import Orders
from domain.payments.inbox import PaymentInbox
from domain.payments.ledger import PaymentLedger
from domain.points.ports import PointsLedger, ReadingMarks
from domain.prices.records import PriceRecords
from domain.promotions.ports import Coupons
from domain.purchases.ports import Budgets, Purchases
from domain.quotes.ports import Quotes
from domain.requests.idempotency import Requests
from domain.reviews.ports import ProofsOfPurchase, ReviewReports, Reviews, ReviewVotes, WorkRatings
from domain.threads.ports import Threads
from domain.users.belongings import Belongings
from domain.users.ports import Sessions, SubjectKeyRing, Users
from domain.votes.ports import Votes
from domain.watches.ports import Watches


class Work(Protocol):
    """What can be loaded and saved inside one transaction. Repositories save the aggregate's events too."""

    @property
    def belongings(self) -> Belongings: ...  # noqa: D102 - the type says it
    @property
    def bets(self) -> Bets: ...  # noqa: D102 - the type says it
    @property
    def books(self) -> Books: ...  # noqa: D102 - the type says it
    @property
    def budgets(self) -> Budgets: ...  # noqa: D102 - the type says it
    @property
    def calling_cards(self) -> CallingCards: ...  # noqa: D102 - the type says it
    @property
    def categories(self) -> Categories: ...  # noqa: D102 - the type says it
    @property
    def club_buys(self) -> ClubBuys: ...  # noqa: D102 - the type says it
    @property
    def clubs(self) -> Clubs: ...  # noqa: D102 - the type says it
    @property
    def coupons(self) -> Coupons: ...  # noqa: D102 - the type says it
    @property
    def friendships(self) -> Friendships: ...  # noqa: D102 - the type says it
    @property
    def inventory(self) -> Inventory: ...  # noqa: D102 - the type says it
    @property
    def markets(self) -> Markets: ...  # noqa: D102 - the type says it
    @property
    def meetings(self) -> Meetings: ...  # noqa: D102 - the type says it
    @property
    def orders(self) -> Orders: ...  # noqa: D102 - the type says it
    @property
    def paddock(self) -> Paddock: ...  # noqa: D102 - the type says it
    @property
    def payment_inbox(self) -> PaymentInbox: ...  # noqa: D102 - the type says it
    @property
    def payments(self) -> PaymentLedger: ...  # noqa: D102 - the type says it
    @property
    def points(self) -> PointsLedger: ...  # noqa: D102 - the type says it
    @property
    def prices(self) -> PriceRecords: ...  # noqa: D102 - the type says it
    @property
    def proofs(self) -> ProofsOfPurchase: ...  # noqa: D102 - the type says it
    @property
    def purchases(self) -> Purchases: ...  # noqa: D102 - the type says it
    @property
    def quotes(self) -> Quotes: ...  # noqa: D102 - the type says it
    @property
    def reading_marks(self) -> ReadingMarks: ...  # noqa: D102 - the type says it
    @property
    def requests(self) -> Requests: ...  # noqa: D102 - the type says it
    @property
    def review_reports(self) -> ReviewReports: ...  # noqa: D102 - the type says it
    @property
    def review_votes(self) -> ReviewVotes: ...  # noqa: D102 - the type says it
    @property
    def reviews(self) -> Reviews: ...  # noqa: D102 - the type says it
    @property
    def sessions(self) -> Sessions: ...  # noqa: D102 - the type says it
    @property
    def standings(self) -> Standings: ...  # noqa: D102 - the type says it
    @property
    def subject_keys(self) -> SubjectKeyRing: ...  # noqa: D102 - the type says it
    @property
    def threads(self) -> Threads: ...  # noqa: D102 - the type says it
    @property
    def users(self) -> Users: ...  # noqa: D102 - the type says it
    @property
    def votes(self) -> Votes: ...  # noqa: D102 - the type says it
    @property
    def watches(self) -> Watches: ...  # noqa: D102 - the type says it
    @property
    def work_lengths(self) -> WorkLengths: ...  # noqa: D102 - the type says it
    @property
    def work_ratings(self) -> WorkRatings: ...  # noqa: D102 - the type says it
    @property
    def works(self) -> Works: ...  # noqa: D102 - the type says it


class UnitOfWork(Protocol):
    """Opens a `Work`: committed when the block ends, undone when it raises. Never call out of the house
    inside it: a lock held across a network call stops every other reader.
    """

    def __call__(self) -> AbstractAsyncContextManager[Work]:
        """Begin."""
        ...
