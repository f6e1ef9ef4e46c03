"""The only place where ports meet adapters. Tests override a provider; nothing else is patched."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Any, cast

from dependency_injector import containers, providers
from redis.asyncio import Redis

from adapters.mail.smtp import SmtpMailer
from adapters.postgres.database import Database
from adapters.postgres.outbox import PostgresOutbox
from adapters.postgres.probe import PostgresProbe
from adapters.postgres.queries.books import PostgresCatalogue
from adapters.postgres.queries.offers import PostgresOffers
from adapters.postgres.queries.orders import PostgresOrderViews
from adapters.postgres.queries.promotions import PostgresCouponStandings
from adapters.postgres.queries.users import PostgresAccounts, PostgresAccountViews
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.redis.carts import ValkeyCarts
from adapters.redis.client import connect
from adapters.redis.event_stream import RedisEventStream
from adapters.redis.login_throttle import ValkeyAttempts
from adapters.redis.order_news import RedisOrderNews
from adapters.redis.probe import RedisProbe
from adapters.redis.rate_limiter import SharedRateLimiter
from adapters.security.access_tokens import Ed25519AccessTokens
from adapters.security.cart_tokens import SignedCartTokens
from adapters.security.device_tokens import SignedDeviceTokens
from adapters.security.passwords import Argon2Passwords
from adapters.security.random_secrets import RandomSecrets
from adapters.security.vault import EnvelopeVault
from adapters.shipping.sandbox_carrier import SandboxCarrier
from adapters.shipping.webhook_signature import SandboxCarrierWebhooks
from adapters.system.clock import SystemClock
from adapters.system.ids import TimeOrderedIds
from adapters.telemetry.logging import request_id
from adapters.telemetry.metrics import PrometheusMeasurements
from adapters.temporal.client import TemporalConnection
from adapters.temporal.order_processes import TemporalOrderProcesses
from adapters.temporal.probe import TemporalProbe
from application.books.add_book import AddBook
from application.books.list_books import ListBooks
from application.books.list_categories import ListCategories
from application.books.read_book import ReadBook
from application.books.revise_book import ReviseBook
from application.books.withdraw_book import WithdrawBook
from application.carts.add_to_cart import AddToCart
from application.carts.change_cart import ChangeCart
from application.carts.guest_carts import GuestCarts
from application.carts.merge_carts import MergeCarts
from application.carts.remove_ordered import RemoveOrdered
from application.carts.view_cart import ViewCart
from application.health.check_readiness import CheckReadiness
from application.inventory.receive_stock import ReceiveStock, SeeStock
from application.notifications.send_order_mail import SendOrderMail
from application.orders.answer_request import AnswerRequest
from application.orders.await_payment_action import AwaitPaymentAction
from application.orders.cancel_order import CancelOrder
from application.orders.confirm_order import ConfirmOrder
from application.orders.deliver_order import DeliverOrder
from application.orders.dispatch_order import DispatchOrder
from application.orders.drive_open_orders import DriveOpenOrders
from application.orders.end_order import EndOrder
from application.orders.follow_checkout import FollowCheckout
from application.orders.follow_order import FollowOrder
from application.orders.follow_refund import FollowRefund
from application.orders.note_on_order import NoteOnOrder
from application.orders.park_order import ParkOrder, ResumeOrder
from application.orders.place_order import PlaceOrder
from application.orders.reactions import EmptyCart, StartCheckout, StartRefund
from application.orders.request_refund import RequestRefund
from application.orders.see_orders import ListOrders, SeeOrder
from application.outbox.publish_events import PublishEvents
from application.payments.abandon_payment import AbandonPayment
from application.payments.ask_payment import AskPayment
from application.payments.authorise_payment import AuthorisePayment
from application.payments.capture_payment import CapturePayment
from application.payments.give_refund import GiveRefund
from application.payments.receive_payment_news import ReceivePaymentNews
from application.promotions.create_coupon import CreateCoupon
from application.promotions.see_coupon import SeeCoupon
from application.quotes.make_quote import MakeQuote
from application.quotes.price_cart import PriceCart
from application.quotes.take_quote import TakeQuote
from application.shared.rate_limiter import LimitReader, RateLimiter, UnlimitedRate
from application.shipping.book_parcel import BookParcel
from application.shipping.follow_parcel import CallOffParcel, FollowParcel
from application.shipping.receive_parcel_news import ReceiveParcelNews
from application.users.authenticate import Authenticate
from application.users.change_profile import ChangeProfile
from application.users.change_roles import GrantRole, RevokeRole
from application.users.end_sessions import EndOtherSessions, EndSession
from application.users.list_sessions import ListSessions
from application.users.list_staff import ListStaff
from application.users.log_in import LogIn
from application.users.refresh_session import RefreshSession
from application.users.register_user import RegisterUser
from application.users.rotate_keys import RotateKeys
from application.users.see_profile import SeeProfile
from application.users.throttle import Throttle
from domain.shipping.rates import RateTable
from entrypoints.dependencies import declared_dependencies
from entrypoints.http.books.answers import Answers
from entrypoints.payment_choice import chosen_connection, chosen_gateway, chosen_webhooks
from entrypoints.settings import Settings


def _limited(redis: Redis, per_minute: int) -> RateLimiter:
    return SharedRateLimiter(redis, per_minute) if per_minute else UnlimitedRate()


class Adapters(containers.DeclarativeContainer):
    """One of each outside thing a process speaks to."""

    settings = providers.Dependency(instance_of=Settings)

    clock = providers.Singleton(SystemClock)
    ids = providers.Singleton(TimeOrderedIds)
    database = providers.Singleton(Database, settings.provided.database.url)
    vault = providers.Singleton(
        EnvelopeVault, settings.provided.security.encryption_keys, settings.provided.security.blind_index_key
    )
    unit_of_work = providers.Singleton(PostgresUnitOfWork, database=database, vault=vault)
    accounts = providers.Singleton(PostgresAccounts, database, vault)
    redis = providers.Singleton(connect, settings.provided.redis.url)
    measurements = providers.Singleton(PrometheusMeasurements)
    mailer = providers.Singleton(
        SmtpMailer,
        settings.provided.mail.smtp_host,
        settings.provided.mail.smtp_port,
        settings.provided.mail.sender,
        settings.provided.mail.smtp_username,
        settings.provided.mail.smtp_password,
    )
    request_id = providers.Object(request_id)
    rate_limiter = providers.Singleton(_limited, redis, settings.provided.http.rate_limit_per_minute)
    access_tokens = providers.Singleton(Ed25519AccessTokens, settings.provided.security.token_signing_key)
    account_views = providers.Singleton(PostgresAccountViews, database, vault)
    passwords = providers.Singleton(Argon2Passwords)
    secrets = providers.Singleton(RandomSecrets)
    device_tokens = providers.Singleton(SignedDeviceTokens, settings.provided.security.cookie_key)
    attempt_counters = providers.Singleton(ValkeyAttempts, redis)
    carts = providers.Singleton(ValkeyCarts, redis)
    cart_tokens = providers.Singleton(SignedCartTokens, settings.provided.security.cookie_key)
    offers = providers.Singleton(PostgresOffers, database)
    catalogue = providers.Singleton(PostgresCatalogue, database)
    coupon_standings = providers.Singleton(PostgresCouponStandings, database)
    carriage_rates = providers.Singleton(RateTable)
    order_views = providers.Singleton(PostgresOrderViews, database)
    order_news = providers.Singleton(RedisOrderNews, redis)
    temporal = providers.Singleton(
        TemporalConnection, settings.provided.temporal.address, settings.provided.temporal.namespace
    )
    leaned_on = providers.Singleton(
        declared_dependencies,
        postgres=providers.Singleton(PostgresProbe, database),
        redis=providers.Singleton(RedisProbe, redis),
        temporal=providers.Singleton(TemporalProbe, temporal),
    )
    order_processes = providers.Singleton(TemporalOrderProcesses, temporal, order_views)
    outbox = providers.Singleton(PostgresOutbox, database)
    event_stream = providers.Singleton(RedisEventStream, redis)
    stripe = providers.Singleton(chosen_connection, settings)
    payment_gateway = providers.Singleton(chosen_gateway, settings, stripe, clock)
    payment_webhooks = providers.Singleton(chosen_webhooks, settings, clock)
    carrier = providers.Singleton(
        SandboxCarrier, settings.provided.carrier.url, settings.provided.carrier.api_key
    )
    carrier_webhooks = providers.Singleton(
        SandboxCarrierWebhooks, providers.List(settings.provided.carrier.webhook_secret), clock
    )
    hold_for = providers.Factory(timedelta, minutes=settings.provided.checkout.hold_minutes)


class UseCases(containers.DeclarativeContainer):
    """Every use case under the name by which handlers and activities ask for it."""

    adapters = providers.DependenciesContainer()

    list_books = providers.Singleton(ListBooks, adapters.catalogue)
    read_book = providers.Singleton(ReadBook, adapters.catalogue)
    list_categories = providers.Singleton(ListCategories, adapters.catalogue)
    book_answers = providers.Singleton(Answers, adapters.measurements)
    add_book = providers.Singleton(AddBook, adapters.unit_of_work, adapters.ids, adapters.clock)
    revise_book = providers.Singleton(ReviseBook, adapters.unit_of_work, adapters.clock)
    withdraw_book = providers.Singleton(WithdrawBook, adapters.unit_of_work, adapters.clock)
    check_readiness = providers.Singleton(CheckReadiness, adapters.leaned_on, adapters.clock)
    limit_reader = providers.Singleton(LimitReader, adapters.rate_limiter)
    authenticate = providers.Singleton(
        Authenticate, adapters.access_tokens, adapters.accounts, adapters.clock
    )
    throttle = providers.Singleton(
        Throttle, adapters.attempt_counters, adapters.vault, adapters.device_tokens, adapters.clock
    )
    register_user = providers.Singleton(
        RegisterUser,
        unit_of_work=adapters.unit_of_work,
        passwords=adapters.passwords,
        throttle=throttle,
        ids=adapters.ids,
        clock=adapters.clock,
    )
    log_in = providers.Singleton(
        LogIn,
        accounts=adapters.accounts,
        unit_of_work=adapters.unit_of_work,
        passwords=adapters.passwords,
        throttle=throttle,
        tokens=adapters.access_tokens,
        secrets=adapters.secrets,
        ids=adapters.ids,
        clock=adapters.clock,
    )
    refresh_session = providers.Singleton(
        RefreshSession, adapters.unit_of_work, adapters.access_tokens, adapters.secrets, adapters.clock
    )
    end_session = providers.Singleton(EndSession, adapters.unit_of_work, adapters.clock)
    end_other_sessions = providers.Singleton(EndOtherSessions, adapters.unit_of_work, adapters.clock)
    list_sessions = providers.Singleton(ListSessions, adapters.account_views, adapters.clock)
    list_staff = providers.Singleton(ListStaff, adapters.account_views)
    see_profile = providers.Singleton(SeeProfile, adapters.account_views)
    change_profile = providers.Singleton(
        ChangeProfile, adapters.unit_of_work, adapters.passwords, throttle, adapters.clock
    )
    grant_role = providers.Singleton(GrantRole, adapters.unit_of_work, adapters.clock)
    revoke_role = providers.Singleton(RevokeRole, adapters.unit_of_work, adapters.clock)
    rotate_keys = providers.Singleton(RotateKeys, adapters.unit_of_work, adapters.vault)
    guest_carts = providers.Singleton(GuestCarts, adapters.cart_tokens, adapters.ids)
    view_cart = providers.Singleton(ViewCart, adapters.carts, adapters.offers)
    add_to_cart = providers.Singleton(AddToCart, adapters.carts, adapters.offers, adapters.clock)
    change_cart = providers.Singleton(ChangeCart, adapters.carts, adapters.offers)
    merge_carts = providers.Singleton(MergeCarts, adapters.carts, adapters.clock, adapters.ids)
    remove_ordered = providers.Singleton(RemoveOrdered, adapters.carts, adapters.clock)
    price_cart = providers.Singleton(
        PriceCart,
        carts=adapters.carts,
        offers=adapters.offers,
        coupon_standings=adapters.coupon_standings,
        carriage_rates=adapters.carriage_rates,
        clock=adapters.clock,
        ids=adapters.ids,
    )
    make_quote = providers.Singleton(MakeQuote, price_cart, adapters.unit_of_work)
    take_quote = providers.Singleton(TakeQuote, adapters.carts, adapters.unit_of_work, adapters.clock)
    create_coupon = providers.Singleton(CreateCoupon, adapters.unit_of_work, adapters.clock)
    see_coupon = providers.Singleton(SeeCoupon, adapters.unit_of_work)
    place_order = providers.Singleton(
        PlaceOrder,
        unit_of_work=adapters.unit_of_work,
        price_cart=price_cart,
        take_quote=take_quote,
        clock=adapters.clock,
        ids=adapters.ids,
        hold_for=adapters.hold_for,
    )
    follow_checkout = providers.Singleton(
        FollowCheckout, adapters.order_processes, adapters.order_news, adapters.order_views
    )
    answer_request = providers.Singleton(AnswerRequest, adapters.unit_of_work)
    see_order = providers.Singleton(SeeOrder, adapters.order_views)
    list_orders = providers.Singleton(ListOrders, adapters.order_views)
    follow_order = providers.Singleton(FollowOrder, adapters.order_news, adapters.order_views)
    cancel_order = providers.Singleton(CancelOrder, adapters.order_processes, adapters.order_views)
    request_refund = providers.Singleton(RequestRefund, adapters.unit_of_work, adapters.clock, adapters.ids)
    follow_refund = providers.Singleton(
        FollowRefund, adapters.order_processes, adapters.order_news, adapters.order_views
    )
    receive_payment_news = providers.Singleton(
        ReceivePaymentNews,
        adapters.unit_of_work,
        adapters.order_processes,
        adapters.clock,
        adapters.payment_webhooks,
    )
    receive_parcel_news = providers.Singleton(
        ReceiveParcelNews, adapters.order_processes, adapters.carrier_webhooks
    )
    receive_stock = providers.Singleton(ReceiveStock, adapters.unit_of_work, adapters.clock)
    see_stock = providers.Singleton(SeeStock, adapters.unit_of_work)

    authorise_payment = providers.Singleton(AuthorisePayment, adapters.unit_of_work, adapters.payment_gateway)
    ask_payment = providers.Singleton(AskPayment, adapters.payment_gateway)
    capture_payment = providers.Singleton(
        CapturePayment,
        adapters.unit_of_work,
        adapters.payment_gateway,
        adapters.clock,
        adapters.order_news,
    )
    abandon_payment = providers.Singleton(
        AbandonPayment, adapters.unit_of_work, adapters.payment_gateway, adapters.clock
    )
    give_refund = providers.Singleton(
        GiveRefund, adapters.unit_of_work, adapters.payment_gateway, adapters.clock, adapters.order_news
    )
    await_payment_action = providers.Singleton(
        AwaitPaymentAction, adapters.unit_of_work, adapters.clock, adapters.order_news
    )
    confirm_order = providers.Singleton(
        ConfirmOrder, adapters.unit_of_work, remove_ordered, adapters.clock, adapters.order_news
    )
    end_order = providers.Singleton(EndOrder, adapters.unit_of_work, adapters.clock, adapters.order_news)
    dispatch_order = providers.Singleton(
        DispatchOrder, adapters.unit_of_work, adapters.clock, adapters.order_news
    )
    deliver_order = providers.Singleton(
        DeliverOrder, adapters.unit_of_work, adapters.clock, adapters.order_news
    )
    park_order = providers.Singleton(ParkOrder, adapters.unit_of_work, adapters.clock, adapters.order_news)
    resume_order = providers.Singleton(
        ResumeOrder, adapters.unit_of_work, adapters.clock, adapters.order_news
    )
    note_on_order = providers.Singleton(NoteOnOrder, adapters.unit_of_work, adapters.clock)
    book_parcel = providers.Singleton(
        BookParcel, adapters.unit_of_work, adapters.carrier, adapters.clock, adapters.order_news
    )
    follow_parcel = providers.Singleton(FollowParcel, adapters.carrier)
    call_off_parcel = providers.Singleton(CallOffParcel, adapters.carrier)
    send_order_mail = providers.Singleton(
        SendOrderMail, adapters.unit_of_work, adapters.order_views, adapters.mailer
    )
    drive_open_orders = providers.Singleton(
        DriveOpenOrders,
        adapters.unit_of_work,
        adapters.order_processes,
        adapters.order_views,
        adapters.clock,
    )
    publish_events = providers.Singleton(
        PublishEvents,
        outbox=adapters.outbox,
        stream=adapters.event_stream,
        reactions=providers.Dict(
            order_created=providers.Singleton(
                StartCheckout, adapters.order_processes, adapters.order_views, adapters.clock
            ),
            order_confirmed=providers.Singleton(EmptyCart, remove_ordered, adapters.order_views),
            refund_requested=providers.Singleton(StartRefund, adapters.order_processes),
        ),
        clock=adapters.clock,
        measurements=adapters.measurements,
    )


class Container(containers.DeclarativeContainer):
    """The whole shop."""

    settings = providers.Dependency(instance_of=Settings)
    adapters = providers.Container(Adapters, settings=settings)
    use_cases = providers.Container(UseCases, adapters=adapters)


def use_case_providers(container: Container) -> Mapping[str, providers.Provider[Any]]:
    """Each use case's provider by name."""
    found = cast("Mapping[str, providers.Provider[Any]]", container.use_cases.providers)
    return {name: provider for name, provider in found.items() if name != "adapters"}


@asynccontextmanager
async def opened(container: Container) -> AsyncIterator[Container]:
    """Connections open while the process runs, and are given back when it ends, last opened first."""
    box = container.adapters
    database: Database = box.database()
    async with AsyncExitStack() as closing:
        await database.open()
        closing.push_async_callback(database.close)
        closing.push_async_callback(box.redis().aclose)
        closing.push_async_callback(box.carrier().close)
        provider = box.stripe() or box.payment_gateway()
        closing.push_async_callback(provider.close)
        closing.push_async_callback(box.order_news().close)
        yield container
