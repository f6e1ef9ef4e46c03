"""The unit of work on PostgreSQL: repositories over one open transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cached_property

from adapters.postgres.database import Connection, Database
from adapters.postgres.repositories.belongings import PostgresBelongings
from adapters.postgres.repositories.bets import PostgresBets
from adapters.postgres.repositories.books import PostgresBooks
from adapters.postgres.repositories.budgets import PostgresBudgets
from adapters.postgres.repositories.calling_cards import PostgresCallingCards
from adapters.postgres.repositories.club_buys import PostgresClubBuys
from adapters.postgres.repositories.clubs import PostgresClubs
from adapters.postgres.repositories.friendships import PostgresFriendships
from adapters.postgres.repositories.inventory import PostgresInventory
from adapters.postgres.repositories.markets import PostgresMarkets
from adapters.postgres.repositories.meetings import PostgresMeetings
from adapters.postgres.repositories.orders import PostgresOrders
from adapters.postgres.repositories.paddock import PostgresPaddock
from adapters.postgres.repositories.payment_inbox import PostgresPaymentInbox
from adapters.postgres.repositories.payments import PostgresPaymentLedger
from adapters.postgres.repositories.points import PostgresPoints, PostgresReadingMarks
from adapters.postgres.repositories.prices import PostgresPriceRecords
from adapters.postgres.repositories.promotions import PostgresCoupons
from adapters.postgres.repositories.proofs import PostgresProofs
from adapters.postgres.repositories.purchases import PostgresPurchases
from adapters.postgres.repositories.quotes import PostgresQuotes
from adapters.postgres.repositories.requests import PostgresRequests
from adapters.postgres.repositories.review_voices import PostgresReviewReports, PostgresReviewVotes
from adapters.postgres.repositories.reviews import PostgresReviews
from adapters.postgres.repositories.sessions import PostgresSessions
from adapters.postgres.repositories.standings import PostgresStandings
from adapters.postgres.repositories.subject_keys import SubjectKeys
from adapters.postgres.repositories.threads import PostgresThreads
from adapters.postgres.repositories.users import PostgresUsers
from adapters.postgres.repositories.votes import PostgresVotes
from adapters.postgres.repositories.watches import PostgresWatches
from adapters.postgres.repositories.work_lengths import PostgresWorkLengths
from adapters.postgres.repositories.work_ratings import PostgresWorkRatings
from adapters.postgres.repositories.works import PostgresCategories, PostgresWorks
from domain.shared.personal_data import PersonalDataVault


class PostgresWork:
    """The repositories of one transaction, made when first asked for."""

    def __init__(self, connection: Connection, vault: PersonalDataVault) -> None:
        self._connection = connection
        self._vault = vault

    @cached_property
    def belongings(self) -> PostgresBelongings:
        """What readers have all over the shop."""
        return PostgresBelongings(self._connection)

    @cached_property
    def bets(self) -> PostgresBets:
        """Bets, and what became of them."""
        return PostgresBets(self._connection)

    @cached_property
    def books(self) -> PostgresBooks:
        """Editions."""
        return PostgresBooks(self._connection)

    @cached_property
    def budgets(self) -> PostgresBudgets:
        """What readers may spend on purchases."""
        return PostgresBudgets(self._connection)

    @cached_property
    def calling_cards(self) -> PostgresCallingCards:
        """By what readers are found."""
        return PostgresCallingCards(self._connection, self.subject_keys, self._vault)

    @cached_property
    def categories(self) -> PostgresCategories:
        """Shelves."""
        return PostgresCategories(self._connection)

    @cached_property
    def club_buys(self) -> PostgresClubBuys:
        """What clubs wait for together."""
        return PostgresClubBuys(self._connection)

    @cached_property
    def clubs(self) -> PostgresClubs:
        """Clubs with their members."""
        return PostgresClubs(self._connection, self.subject_keys, self._vault)

    @cached_property
    def coupons(self) -> PostgresCoupons:
        """Coupons and their uses."""
        return PostgresCoupons(self._connection)

    @cached_property
    def friendships(self) -> PostgresFriendships:
        """What is between readers."""
        return PostgresFriendships(self._connection)

    @cached_property
    def inventory(self) -> PostgresInventory:
        """Stock and holds."""
        return PostgresInventory(self._connection)

    @cached_property
    def markets(self) -> PostgresMarkets:
        """Race cards and markets."""
        return PostgresMarkets(self._connection)

    @cached_property
    def meetings(self) -> PostgresMeetings:
        """Meetings with those who read for them."""
        return PostgresMeetings(self._connection, self.subject_keys, self._vault)

    @cached_property
    def orders(self) -> PostgresOrders:
        """Orders with their lines, stories and refunds."""
        return PostgresOrders(self._connection, SubjectKeys(self._connection), self._vault)

    @cached_property
    def paddock(self) -> PostgresPaddock:
        """What bets need to know of meetings."""
        return PostgresPaddock(self._connection)

    @cached_property
    def payment_inbox(self) -> PostgresPaymentInbox:
        """Messages of payment providers."""
        return PostgresPaymentInbox(self._connection)

    @cached_property
    def payments(self) -> PostgresPaymentLedger:
        """The payment ledger."""
        return PostgresPaymentLedger(self._connection)

    @cached_property
    def points(self) -> PostgresPoints:
        """The books of points."""
        return PostgresPoints(self._connection)

    @cached_property
    def prices(self) -> PostgresPriceRecords:
        """What bookstores told."""
        return PostgresPriceRecords(self._connection)

    @cached_property
    def proofs(self) -> PostgresProofs:
        """What orders tell about reviews."""
        return PostgresProofs(self._connection)

    @cached_property
    def purchases(self) -> PostgresPurchases:
        """Purchases with their stories and ledgers."""
        return PostgresPurchases(self._connection, self.subject_keys, self._vault)

    @cached_property
    def quotes(self) -> PostgresQuotes:
        """Promised prices."""
        return PostgresQuotes(self._connection)

    @cached_property
    def reading_marks(self) -> PostgresReadingMarks:
        """What reading has earned."""
        return PostgresReadingMarks(self._connection)

    @cached_property
    def requests(self) -> PostgresRequests:
        """Remembered requests."""
        return PostgresRequests(self._connection)

    @cached_property
    def review_reports(self) -> PostgresReviewReports:
        """Who thinks that a review breaks the house rules."""
        return PostgresReviewReports(self._connection)

    @cached_property
    def review_votes(self) -> PostgresReviewVotes:
        """Who found a review helpful."""
        return PostgresReviewVotes(self._connection)

    @cached_property
    def reviews(self) -> PostgresReviews:
        """Reviews with their history."""
        return PostgresReviews(self._connection, self.subject_keys, self._vault)

    @cached_property
    def sessions(self) -> PostgresSessions:
        """Signed-in devices."""
        return PostgresSessions(self._connection)

    @cached_property
    def standings(self) -> PostgresStandings:
        """How readers stand."""
        return PostgresStandings(self._connection)

    @cached_property
    def subject_keys(self) -> SubjectKeys:
        """What opens sealed personal data."""
        return SubjectKeys(self._connection)

    @cached_property
    def threads(self) -> PostgresThreads:
        """What clubs talk about."""
        return PostgresThreads(self._connection, self.subject_keys, self._vault)

    @cached_property
    def users(self) -> PostgresUsers:
        """Accounts."""
        return PostgresUsers(self._connection, self.subject_keys, self._vault)

    @cached_property
    def votes(self) -> PostgresVotes:
        """What clubs may read next."""
        return PostgresVotes(self._connection)

    @cached_property
    def watches(self) -> PostgresWatches:
        """Watches with their stories, and the prices they wait for."""
        return PostgresWatches(self._connection, self.subject_keys, self._vault)

    @cached_property
    def work_lengths(self) -> PostgresWorkLengths:
        """How long works are."""
        return PostgresWorkLengths(self._connection)

    @cached_property
    def work_ratings(self) -> PostgresWorkRatings:
        """What readers think of a work."""
        return PostgresWorkRatings(self._connection)

    @cached_property
    def works(self) -> PostgresWorks:
        """What editions are editions of."""
        return PostgresWorks(self._connection)


class PostgresUnitOfWork:
    """Opens transactions. Conflicts surface as the domain's own errors (`StaleVersion`, `OutOfStock`)."""

    def __init__(self, database: Database, vault: PersonalDataVault) -> None:
        self._database = database
        self._vault = vault

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[PostgresWork]:
        """Begin; commit at the end of the block, roll back if it raises."""
        async with self._database.transaction() as connection:
            yield PostgresWork(connection, self._vault)
