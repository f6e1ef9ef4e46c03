"""One person at one device of a shop in memory."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

from application.books.bibliography import PageQuery, WorkSort
from application.books.catalogue import BookQuery, Sort
from application.external_books.question import Question
from application.orders.place_order import OrderRequest
from application.orders.request_refund import Share
from application.users.log_in import SignIn
from application.users.register_user import Registration
from application.users.throttle import Source
from domain.carts.identity import reader_cart
from domain.requests.idempotency import RequestKey
from domain.search.text import SearchText
from domain.shared.edition_format import Format
from domain.shared.errors import DomainError
from domain.shared.ids import BookId, CartId, QuoteId, UserId, WorkId
from domain.users.principal import NotAuthenticated, Principal, Role
from entrypoints.container import Container
from entrypoints.http.books.schemas import BookPatch, NewBook
from entrypoints.http.external_books.schemas import ExternalBookList, TakeIn
from entrypoints.http.promotions.schemas import NewCoupon
from entrypoints.http.quotes.schemas import Quote
from entrypoints.http.users.schemas import User
from tests.bdd.drivers.bets import BetsInMemory
from tests.bdd.drivers.club_buys import ClubBuysInMemory
from tests.bdd.drivers.clubs import ClubsInMemory
from tests.bdd.drivers.counter import checkout_answer, fingerprint, heard, order_id_of, refusal, said, told
from tests.bdd.drivers.friends import FriendsInMemory
from tests.bdd.drivers.protocol import Told, Wish
from tests.bdd.drivers.purchases import PurchasesInMemory
from tests.bdd.drivers.reviews import ReviewsInMemory
from tests.bdd.drivers.search import query_of
from tests.bdd.drivers.threads import ThreadsInMemory
from tests.bdd.drivers.votes import VotesInMemory
from tests.bdd.drivers.watches import WatchesInMemory
from tests.builders import address


class CustomerInMemory(
    PurchasesInMemory,
    WatchesInMemory,
    ReviewsInMemory,
    ClubsInMemory,
    FriendsInMemory,
    ThreadsInMemory,
    VotesInMemory,
    ClubBuysInMemory,
    BetsInMemory,
):
    """The `Visitor` of a shop in memory."""

    def __init__(self, container: Container, network: str) -> None:
        self._use = container.use_cases
        self._source = Source(network)
        self._access: str | None = None
        self._refresh: str | None = None
        self._guest: CartId | None = None

    # -- accounts ------------------------------------------------------------------------------------

    async def register(self, email: str, password: str, name: str) -> None:
        async with _in_words():
            registered = await self._use.register_user()(Registration(email, password, name, self._source))
        self._source = replace(self._source, device_token=registered.device_token)

    async def sign_in(self, email: str, password: str) -> None:
        async with _in_words():
            signed_in = await self._use.log_in()(SignIn(email, password, self._source, "a test"))
            if self._guest is not None:
                await self._use.merge_carts()(self._guest, signed_in.tokens.user_id)
        self._access, self._refresh = signed_in.tokens.access_token, signed_in.tokens.refresh_token
        self._source = replace(self._source, device_token=signed_in.device_token)

    async def sign_out(self) -> None:
        async with self._signed_in() as me:
            await self._use.end_session()(me, me.session_id)

    async def sign_out_elsewhere(self) -> None:
        async with self._signed_in() as me:
            await self._use.end_other_sessions()(me)

    async def devices(self) -> int:
        async with self._signed_in() as me:
            return len(await self._use.list_sessions()(me))

    async def profile(self) -> Told:
        async with self._signed_in() as me:
            return told(User.of(await self._use.see_profile()(me)))

    async def erase_account(self, password: str) -> None:
        async with self._signed_in() as me:
            await self._use.erase_own_account()(me, password, self._source)

    async def grant(self, user_id: UUID, role: str) -> None:
        async with self._signed_in() as me:
            await self._use.grant_role()(UserId(user_id), Role(role), me)

    async def revoke(self, user_id: UUID, role: str) -> None:
        async with self._signed_in() as me:
            await self._use.revoke_role()(UserId(user_id), Role(role), me)

    # -- books ---------------------------------------------------------------------------------------

    async def browse(self, **wanted: str | int) -> Sequence[Told]:
        kinds: Mapping[str, Any] = {"sort": Sort, "format": Format, "in_stock": bool}
        async with _in_words():
            query = BookQuery(**{name: kinds.get(name, _as_it_is)(value) for name, value in wanted.items()})
            return told((await self._use.list_books()(query)).items)

    async def search(self, **wanted: str | int) -> Sequence[Told]:
        async with _in_words():
            query = query_of(wanted)
            pages = [await self._use.search_works()(query)]
            while pages[-1].next is not None:
                pages.append(await self._use.search_works()(replace(query, cursor=pages[-1].next)))
            return told(pages)

    async def suggest(self, typed: str) -> Sequence[Told]:
        async with _in_words():
            return told((await self._use.suggest()(SearchText.parse(typed), 20)).items)

    async def look_at(self, book: UUID) -> Told:
        async with _in_words():
            return told(await self._use.read_book()(BookId(book)))

    async def look_at_work(self, work: str) -> Told:
        async with _in_words():
            return told(await self._use.read_work()(WorkId(UUID(work))))

    async def look_at_author(self, key: str) -> Told:
        async with _in_words():
            return told(await self._use.read_author()(key, WorkSort.BESTSELLERS, PageQuery(100)))

    async def look_at_series(self, key: str) -> Told:
        async with _in_words():
            return told(await self._use.read_series()(key, PageQuery(100)))

    async def authors(self, beginning: str) -> Sequence[Told]:
        async with _in_words():
            return told((await self._use.list_authors()(beginning, PageQuery(100))).items)

    async def shelves(self) -> Sequence[Told]:
        async with _in_words():
            return told(await self._use.list_categories()())

    async def add_book(self, facts: Mapping[str, Any]) -> UUID:
        async with self._staff():
            return await self._use.add_book()(said(facts, NewBook).entry())

    async def revise_book(self, book: UUID, seen: int, **changes: object) -> None:
        async with self._staff():
            await self._use.revise_book()(BookId(book), said(changes, BookPatch).revision(), seen)

    async def withdraw_book(self, book: UUID) -> None:
        async with self._staff():
            await self._use.withdraw_book()(BookId(book), None)

    async def look_elsewhere(self, **asked: str) -> Told:
        async with _in_words():
            question = Question.about(asked.get("q"), asked.get("isbn"))
            return told(ExternalBookList.of(await self._use.find_external_books()(question)))

    async def take_in_from_elsewhere(self, wanted: Mapping[str, Any]) -> UUID:
        async with self._staff():
            return await self._use.import_external_book()(said(wanted, TakeIn).wanted())

    async def receive_stock(self, book: UUID, copies: int, reason: str) -> None:
        async with self._staff():
            await self._use.receive_stock()(BookId(book), copies, reason)

    async def stock(self, book: UUID) -> Told:
        async with self._staff():
            level = await self._use.see_stock()(BookId(book))
            return {"on_hand": level.on_hand, "held": level.held, "available": level.available}

    # -- cart and price ------------------------------------------------------------------------------

    async def put_in_cart(self, book: UUID, copies: int, click: str | None = None) -> Told:
        async with _in_words():
            cart = await self._cart_id()
            return told(await self._use.add_to_cart()(cart, BookId(book), copies, click))

    async def set_copies(self, book: UUID, copies: int) -> Told:
        async with _in_words():
            return told(
                await self._use.change_cart().set_quantity(await self._cart_id(), BookId(book), copies)
            )

    async def take_out(self, book: UUID) -> Told:
        async with _in_words():
            return told(await self._use.change_cart().remove(await self._cart_id(), BookId(book)))

    async def cart(self) -> Told:
        async with _in_words():
            return told(await self._use.view_cart()(await self._cart_id()))

    async def create_coupon(self, terms: Mapping[str, Any]) -> None:
        async with self._staff():
            await self._use.create_coupon()(said(terms, NewCoupon).terms())

    async def quote(self, country: str, method: str | None, coupon: str | None) -> Told:
        async with self._signed_in() as me:
            quote = await self._use.make_quote()(
                me.user_id, country=country, shipping_method=method, coupon_code=coupon
            )
            return told(Quote.of(quote))

    # -- orders --------------------------------------------------------------------------------------

    async def order(self, wish: Wish) -> Told:
        async with self._signed_in() as me:
            request = OrderRequest(
                request=RequestKey(me.user_id, "checkout", wish.key),
                fingerprint=fingerprint(wish),
                address=address(wish.country),
                payment_token=wish.card,
                shipping_method=wish.method,
                coupon=wish.coupon,
                quote_id=QuoteId(UUID(wish.quote_id)) if wish.quote_id else None,
            )
            placed = await self._use.place_order()(request)
            if placed.answer is not None:
                return heard(placed.answer)
            outcome = await self._use.follow_checkout()(placed.order_id)
            return heard(await self._use.answer_request()(request.request, checkout_answer(outcome)))

    async def see_order(self, order_id: str) -> Told:
        async with self._signed_in() as me:
            return told(await self._use.see_order()(order_id_of(order_id), me))

    async def orders(self) -> Sequence[Told]:
        async with self._signed_in() as me:
            page, _ = await self._use.list_orders()(me, before=None, limit=20)
            return told(page)

    async def cancel(self, order_id: str) -> Told:
        async with self._signed_in() as me:
            return told(await self._use.cancel_order()(order_id_of(order_id), me))

    async def refund(self, order_id: str, body: Mapping[str, Any], click: str) -> Told:
        shares = [Share(BookId(UUID(line["book_id"])), line.get("amount")) for line in body.get("lines", [])]
        if "shipping" in body:
            shares.append(Share(None, body["shipping"].get("amount")))
        async with self._staff():
            order = order_id_of(order_id)
            refund_id = await self._use.request_refund()(order, click, shares, body["reason"])
            return told(await self._use.follow_refund()(order, refund_id))

    # -- who asks ------------------------------------------------------------------------------------

    async def _cart_id(self) -> CartId:
        if self._access is not None:
            return reader_cart((await self._who()).user_id)
        self._guest = self._guest or self._use.guest_carts().new()
        return self._guest

    @asynccontextmanager
    async def _signed_in(self) -> AsyncIterator[Principal]:
        async with _in_words():
            yield await self._who()

    @asynccontextmanager
    async def _staff(self) -> AsyncIterator[None]:
        async with self._signed_in() as me:
            me.require_staff()
            yield

    async def _who(self) -> Principal:
        """As the roles are now; a token that has run out is exchanged, as any client does."""
        if self._access is None or self._refresh is None:
            raise NotAuthenticated("Sign in first.")
        try:
            return await self._use.authenticate()(self._access)
        except NotAuthenticated:
            tokens = await self._use.refresh_session()(self._refresh)
            self._access, self._refresh = tokens.access_token, tokens.refresh_token
            return await self._use.authenticate()(self._access)


@asynccontextmanager
async def _in_words() -> AsyncIterator[None]:
    try:
        yield
    except DomainError as error:
        raise refusal(error) from error


def _as_it_is(value: str | int) -> str | int:
    return value
