"""What a shop in memory stands on: stores, a clock that can be moved, a letterbox, a catalogue."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from temporalio.client import Client

from adapters.redis.attempts_in_process import AttemptsInProcess
from application.books.catalogue import (
    Availability,
    BookDetail,
    BookPage,
    BookQuery,
    BookSummary,
    Rating,
    RatingDetail,
    SiblingEdition,
    Sort,
)
from application.notifications.ports import Mail
from domain.books.book import Book
from domain.books.category import Category
from domain.books.errors import BookNotFound
from domain.books.text import matching_key, sorting_key
from domain.books.work import Work
from domain.quotes.offer import Offer
from domain.reviews.rating import StarCounts, fair_score
from domain.shared.clock import Clock
from domain.shared.ids import BookId
from domain.shipping.weights import copy_grams
from tests.bdd.drivers.bookstores import StreetInMemory
from tests.bdd.drivers.elsewhere import ElsewhereInMemory
from tests.bdd.drivers.search import SearchInMemory
from tests.fakes.bets import InMemoryBettingViews
from tests.fakes.bibliography import Figures, InMemoryBibliography, InMemoryShelfCounts
from tests.fakes.books import InMemoryBooks, InMemoryCategories, InMemoryWorks
from tests.fakes.carts import InMemoryCarts
from tests.fakes.club_buys import InMemoryClubBuyViews
from tests.fakes.club_views import InMemoryClubViews, InMemoryMeetingViews
from tests.fakes.clubs import InMemoryReminders
from tests.fakes.friends import InMemoryFriendViews
from tests.fakes.inventory import InMemoryInventory
from tests.fakes.orders import ListeningInMemory
from tests.fakes.payments import InMemoryPaymentGateway
from tests.fakes.review_views import InMemoryReviewViews
from tests.fakes.sales import sales_figures
from tests.fakes.shipping import InMemoryCarrier
from tests.fakes.threads import InMemoryThreadViews
from tests.fakes.users import InMemoryAccounts, InMemoryAccountViews, PlainPasswords
from tests.fakes.votes import InMemoryVoteViews
from tests.fakes.work import InMemoryUnitOfWork, InMemoryWork


class MovingClock:
    """The `Clock` port: real time, and what the process engine has skipped so far."""

    def __init__(self) -> None:
        self._ahead = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def follow(self, engine: datetime) -> None:
        """The engine's time is the shop's."""
        self._ahead = max(self._ahead, engine - datetime.now(UTC))


class Letterbox:
    """The `Mailer` port."""

    def __init__(self) -> None:
        self._mails: dict[str, dict[str, str]] = defaultdict(dict)

    async def send(self, mail: Mail) -> bool:
        self._mails[mail.to].setdefault(mail.key, mail.letter.subject)
        return True

    def subjects_to(self, email: str) -> list[str]:
        """Oldest first."""
        return list(self._mails[email].values())


@dataclass(frozen=True)
class TimeSkippingConnection:
    """Hands out the client of the time-skipping server."""

    engine: Client

    async def client(self) -> Client:
        return self.engine


class StockedBooks(InMemoryBooks):
    """As in the database, a new paper book comes with an empty place on the shelf."""

    def __init__(self, categories: InMemoryCategories, inventory: InMemoryInventory) -> None:
        super().__init__(categories)
        # A function, for it is never copied: what is undone elsewhere must leave it the same stock room.
        self._open_stock = lambda book_id: inventory.put(book_id, 0)

    async def add(self, book: Book) -> None:
        await super().add(book)
        if not book.format.is_digital:
            self._open_stock(book.id)

    def all(self) -> list[Book]:
        """Whatever is or was sold."""
        return list(self._books.values())

    def forget(self) -> None:
        """Empty shelves."""
        self._books.clear()


class CatalogueInMemory:
    """The `Catalogue` and the `Offers` port in one, over the very stores that use cases write to."""

    def __init__(self, work: InMemoryWork, books: StockedBooks, clock: Clock) -> None:
        self._work = work
        self._books = books
        self._clock = clock

    async def list_books(self, query: BookQuery) -> BookPage:
        """Everything on one page: the pages of the real one are its own tests' concern."""
        shelves = (
            (await self._work.categories.tree()).with_children(query.category) if query.category else None
        )
        found = [
            book
            for book in self._on_sale()
            if (shelves is None or set(shelves) & set(book.facts.categories))
            and (query.format is None or book.format is query.format)
            and (query.price_min is None or book.price.amount >= query.price_min)
            and (query.price_max is None or book.price.amount <= query.price_max)
            and (not query.in_stock or self._availability(book).in_stock)
            and self._stars_on_average(book) >= (query.rating_min or 0)
        ]
        works = {book.id: await self._work.works.get(book.work_id) for book in found}
        if query.author is not None:
            wanted = matching_key(query.author)
            found = [b for b in found if wanted in map(matching_key, works[b.id].facts.authors)]
        return BookPage([self._summary(b, works[b.id]) for b in await self._sorted(found, query.sort)], None)

    async def read_book(self, book_id: BookId) -> BookDetail:
        book = next((book for book in self._on_sale() if book.id == book_id), None)
        if book is None:
            raise BookNotFound("There is no such book in the catalogue.")
        work = await self._work.works.get(book.work_id)
        facts, written = book.facts, work.facts
        return BookDetail(
            book_id=book.id,
            work_id=work.id,
            version=book.version,
            isbn=book.isbn.value,
            title=facts.title,
            authors=written.authors,
            format=book.format,
            price=book.price,
            availability=self._availability(book),
            rating=RatingDetail.of(self._counts(book)),
            description=written.description,
            publisher=facts.publisher,
            published_date=facts.published_date,
            language=facts.language,
            pages=facts.pages,
            weight_grams=facts.weight_grams,
            cover=facts.cover,
            categories=facts.categories,
            series=written.series,
            author_keys=[matching_key(name) for name in written.authors],
            series_key=written.series_key,
            first_published=written.first_published,
            original_language=written.language,
            details=facts.details,
            editions=[
                SiblingEdition(
                    book_id=other.id,
                    isbn=other.isbn.value,
                    format=other.format,
                    price=other.price,
                    in_stock=self._availability(other).in_stock,
                )
                for other in sorted(self._on_sale(), key=lambda other: other.price.amount)
                if other.work_id == work.id and other.id != book.id
            ],
        )

    async def list_categories(self) -> Sequence[Category]:
        return list(await self._work.categories.tree())

    async def of(self, book_ids: Sequence[BookId]) -> Mapping[BookId, Offer]:
        return {book.id: self._offer(book) for book in self._books.all() if book.id in set(book_ids)}

    def _on_sale(self) -> list[Book]:
        return [book for book in self._books.all() if book.withdrawn_at is None]

    def _offer(self, book: Book) -> Offer:
        return Offer(
            book_id=book.id,
            isbn=book.isbn.value,
            title=book.facts.title,
            format=book.format,
            price=book.price,
            weight_grams=copy_grams(book.format, book.facts.weight_grams),
            digital=book.format.is_digital,
            available=self._availability(book).available,
            on_sale=book.withdrawn_at is None,
        )

    def _availability(self, book: Book) -> Availability:
        if book.format.is_digital:
            return Availability(in_stock=True, available=None)
        left = self._work.inventory.stock[book.id].available
        return Availability(in_stock=left > 0, available=left)

    def _counts(self, book: Book) -> StarCounts:
        rated = self._work.reviews.ratings.get(book.work_id)
        return rated.counts if rated else StarCounts()

    def _stars_on_average(self, book: Book) -> int:
        counts = self._counts(book)
        return counts.stars // counts.count if counts.count else 0

    def _summary(self, book: Book, work: Work) -> BookSummary:
        return BookSummary(
            book_id=book.id,
            work_id=work.id,
            isbn=book.isbn.value,
            title=book.facts.title,
            authors=work.facts.authors,
            format=book.format,
            price=book.price,
            in_stock=self._availability(book).in_stock,
            rating=Rating.of(self._counts(book).stars, self._counts(book).count),
            published_date=book.facts.published_date,
            language=book.facts.language,
            cover=book.facts.cover,
        )

    async def _sorted(self, books: list[Book], sort: Sort) -> list[Book]:
        today = self._clock.now().date()
        match sort:
            case Sort.NEW:
                out = [book for book in books if (book.facts.published_date or date.min) <= today]
                return sorted(out, key=lambda book: book.facts.published_date or date.min, reverse=True)
            case Sort.COMING:
                dated = [(book.facts.published_date or date.min, book) for book in books]
                return [book for day, book in sorted(dated, key=lambda one: one[0]) if day > today]
            case Sort.PRICE | Sort.PRICE_FALLING:
                return sorted(books, key=lambda book: book.price.amount, reverse=sort is Sort.PRICE_FALLING)
            case Sort.TITLE:
                return sorted(books, key=lambda book: sorting_key(book.facts.title))
            case Sort.RATING:
                rated = ((self._counts(book), book) for book in books)
                scored = [(fair_score(counts.stars, counts.count), book) for counts, book in rated]
                return [book for _, book in sorted(scored, key=lambda one: one[0], reverse=True)]
            case Sort.BESTSELLERS:
                lately, ever = await sales_figures(self._work.orders, today)
                return sorted(books, key=lambda book: (lately[book.id], ever[book.id]), reverse=True)


@dataclass
class Stores:
    """Everything that is not the shop's own code, by the name of its port in the wiring."""

    clock: MovingClock
    letterbox: Letterbox
    work: InMemoryWork = field(default_factory=InMemoryWork)
    gateway: InMemoryPaymentGateway = field(default_factory=InMemoryPaymentGateway)
    carrier: InMemoryCarrier = field(default_factory=InMemoryCarrier)

    def __post_init__(self) -> None:
        self._books = StockedBooks(self.work.categories, self.work.inventory)
        self.work.books, self.work.works = self._books, InMemoryWorks(self._books)
        self.elsewhere = ElsewhereInMemory(self._books.all)
        self.search = SearchInMemory(self.work, self._books.all, self.clock)
        self.street = StreetInMemory(self.work, self.clock)

    def forget(self) -> None:
        """Everything but the books' shelves."""
        fresh = InMemoryWork()
        for name in (
            "orders",
            "inventory",
            "payments",
            "requests",
            "coupons",
            "quotes",
            "users",
            "sessions",
            "reviews",
            "purchases",
            "prices",
            "watches",
            "clubs",
            "meetings",
            "calling_cards",
            "kept_friendships",
            "points",
            "reading_marks",
            "markets",
            "bets",
            "standings",
            "club_buys",
            "threads",
            "votes",
        ):
            vars(getattr(self.work, name)).update(vars(getattr(fresh, name)))
        self._books.forget()
        self.search.forget()

    async def _figures(self) -> Figures:
        return await sales_figures(self.work.orders, self.clock.now().date())

    def ports(self) -> Mapping[str, object]:
        """What the wiring is given instead."""
        catalogue = CatalogueInMemory(self.work, self._books, self.clock)
        return {
            **self.search.ports(),
            "clock": self.clock,
            "unit_of_work": InMemoryUnitOfWork(self.work),
            "accounts": InMemoryAccounts(self.work.users, self.work.sessions),
            "account_views": InMemoryAccountViews(self.work.users, self.work.sessions),
            "passwords": PlainPasswords(),
            "attempt_counters": AttemptsInProcess(),
            "mailer": self.letterbox,
            "carts": InMemoryCarts(),
            "offers": catalogue,
            "catalogue": catalogue,
            "bibliography": InMemoryBibliography(self.work, self._books.all, self._figures),
            "shelf_counts": InMemoryShelfCounts(self.work.categories, self._books.all),
            "coupon_standings": self.work.coupons,
            "requests": self.work.requests,
            "review_views": InMemoryReviewViews(self.work),
            "club_views": InMemoryClubViews(self.work),
            "meeting_views": InMemoryMeetingViews(self.work),
            "thread_views": InMemoryThreadViews(self.work),
            "vote_views": InMemoryVoteViews(self.work),
            "club_buy_views": InMemoryClubBuyViews(self.work),
            "calendars": self.work.calendars,
            "points_views": self.work.points,
            "betting_views": InMemoryBettingViews(self.work.markets, self.work.bets, self.work.meetings),
            "leaderboards": self.work.standings,
            "reminders": InMemoryReminders(self.work.clubs, self.work.meetings),
            "friend_views": InMemoryFriendViews(self.work.kept_friendships, self.work.calling_cards),
            "order_views": self.work.orders,
            "watch_views": self.work.watches,
            "order_news": ListeningInMemory(),
            "payment_provider": self.gateway,
            "carrier": self.carrier,
            **self.elsewhere.ports(),
            **self.street.ports(),
        }
