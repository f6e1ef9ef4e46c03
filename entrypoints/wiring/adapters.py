"""One of each outside thing a process speaks to: where ports meet adapters."""

from datetime import timedelta

from dependency_injector import providers
from redis.asyncio import Redis

from adapters.embeddings.choice import local_embedder
from adapters.icalendar.writer import ICalendarWriter
from adapters.mail.smtp import SmtpMailer
from adapters.postgres.catalogue_loader import PostgresCatalogueLoader
from adapters.postgres.outbox import PostgresOutbox
from adapters.postgres.probe import PostgresProbe
from adapters.postgres.queries.audit import PostgresAuditRecords
from adapters.postgres.queries.bibliography import PostgresBibliography
from adapters.postgres.queries.books import PostgresCatalogue
from adapters.postgres.queries.calendars import PostgresCalendars
from adapters.postgres.queries.clubs import PostgresClubViews
from adapters.postgres.queries.friends import PostgresFriendViews
from adapters.postgres.queries.meetings import PostgresMeetingViews
from adapters.postgres.queries.offers import PostgresOffers
from adapters.postgres.queries.orders import PostgresOrderViews
from adapters.postgres.queries.own_books import PostgresOwnBooks
from adapters.postgres.queries.points import PostgresPointsViews
from adapters.postgres.queries.promotions import PostgresCouponStandings
from adapters.postgres.queries.reminders import PostgresReminders
from adapters.postgres.queries.reviews import PostgresReviewViews
from adapters.postgres.queries.sales import PostgresSales
from adapters.postgres.queries.shelf_counts import PostgresShelfCounts
from adapters.postgres.queries.users import PostgresAccounts, PostgresAccountViews
from adapters.postgres.repositories.requests import PostgresRequests
from adapters.postgres.search.cards import PostgresWorkCards
from adapters.postgres.search.documents import PostgresSearchDocuments
from adapters.postgres.search.embeddings import PostgresWorkEmbeddings
from adapters.postgres.search.engine import PostgresSearchEngine
from adapters.postgres.search.speller import PostgresSpeller
from adapters.redis.book_answers import ValkeyBookAnswers
from adapters.redis.carts import ValkeyCarts
from adapters.redis.event_stream import RedisEventStream
from adapters.redis.login_throttle import ValkeyAttempts
from adapters.redis.order_news import RedisOrderNews
from adapters.redis.pace import ValkeyPace
from adapters.redis.probe import RedisProbe
from adapters.redis.rate_limiter import SharedRateLimiter
from adapters.security.access_tokens import Ed25519AccessTokens
from adapters.security.card_codes import RandomCardCodes
from adapters.security.cart_tokens import SignedCartTokens
from adapters.security.device_tokens import SignedDeviceTokens
from adapters.security.passwords import Argon2Passwords
from adapters.security.random_secrets import RandomSecrets
from adapters.shipping.sandbox_carrier import SandboxCarrier
from adapters.shipping.webhook_signature import SandboxCarrierWebhooks
from adapters.telemetry.logging import request_id
from adapters.telemetry.measured_gateway import MeasuredGateway
from adapters.temporal.order_processes import TemporalOrderProcesses
from adapters.temporal.parked_processes import TemporalParkedProcesses
from adapters.temporal.probe import TemporalProbe
from application.shared.rate_limiter import RateLimiter, UnlimitedRate
from domain.shipping.rates import RateTable
from entrypoints.answer_store import answer_store
from entrypoints.book_sources import chosen_sources, guarded
from entrypoints.dependencies import declared_dependencies
from entrypoints.payment_choice import (
    chosen_connection,
    chosen_gateway,
    chosen_provider_ledger,
    chosen_webhooks,
)
from entrypoints.search_choice import (
    chosen_engine,
    chosen_index,
    chosen_typesense,
    search_breaker,
    standing_by,
    typesense_probe,
)
from entrypoints.wiring.price_adapters import PriceAdapters


def _limited(redis: Redis, per_minute: int) -> RateLimiter:
    return SharedRateLimiter(redis, per_minute) if per_minute else UnlimitedRate()


class Adapters(PriceAdapters):
    """One of each outside thing a process speaks to."""

    settings = PriceAdapters.settings
    clock = PriceAdapters.clock
    database = PriceAdapters.database
    vault = PriceAdapters.vault
    redis = PriceAdapters.redis
    measurements = PriceAdapters.measurements
    temporal = PriceAdapters.temporal

    accounts = providers.Singleton(PostgresAccounts, database, vault)
    mailer = providers.Singleton(
        SmtpMailer,
        settings.provided.mail.smtp_host,
        settings.provided.mail.smtp_port,
        settings.provided.mail.sender,
        settings.provided.mail.smtp_username,
        settings.provided.mail.smtp_password,
    )
    request_id = providers.Object(request_id)
    shared_answers = providers.Singleton(answer_store, redis, measurements)
    rate_limiter = providers.Singleton(_limited, redis, settings.provided.http.rate_limit_per_minute)
    access_tokens = providers.Singleton(Ed25519AccessTokens, settings.provided.security.token_signing_key)
    account_views = providers.Singleton(PostgresAccountViews, database, vault)
    passwords = providers.Singleton(Argon2Passwords)
    secrets = providers.Singleton(RandomSecrets)
    device_tokens = providers.Singleton(SignedDeviceTokens, settings.provided.security.cookie_key)
    friend_views = providers.Singleton(PostgresFriendViews, database, vault)
    card_codes = providers.Singleton(RandomCardCodes)
    attempt_counters = providers.Singleton(ValkeyAttempts, redis)
    carts = providers.Singleton(ValkeyCarts, redis)
    cart_tokens = providers.Singleton(SignedCartTokens, settings.provided.security.cookie_key)
    offers = providers.Singleton(PostgresOffers, database)
    points_views = providers.Singleton(PostgresPointsViews, database)
    catalogue = providers.Singleton(PostgresCatalogue, database)
    bibliography = providers.Singleton(PostgresBibliography, database)
    shelf_counts = providers.Singleton(PostgresShelfCounts, database)
    catalogue_loader = providers.Singleton(PostgresCatalogueLoader, database)
    embedder = providers.Singleton(local_embedder, settings.provided.embeddings.threads)
    work_embeddings = providers.Singleton(PostgresWorkEmbeddings, database)
    typesense = providers.Singleton(chosen_typesense, settings)
    postgres_engine = providers.Singleton(PostgresSearchEngine, database)
    search_engine = providers.Singleton(chosen_engine, typesense, postgres_engine)
    second_search_engine = providers.Singleton(standing_by, typesense, postgres_engine)
    search_breaker = providers.Singleton(search_breaker, measurements)
    search_index = providers.Singleton(chosen_index, typesense)
    search_documents = providers.Singleton(PostgresSearchDocuments, database)
    work_cards = providers.Singleton(PostgresWorkCards, database)
    speller = providers.Singleton(PostgresSpeller, database)
    review_views = providers.Singleton(PostgresReviewViews, database, vault)
    club_views = providers.Singleton(PostgresClubViews, database, vault)
    meeting_views = providers.Singleton(PostgresMeetingViews, database, vault)
    calendars = providers.Singleton(PostgresCalendars, database)
    calendar_writer = providers.Singleton(ICalendarWriter)
    reminders = providers.Singleton(PostgresReminders, database)
    coupon_standings = providers.Singleton(PostgresCouponStandings, database)
    carriage_rates = providers.Singleton(RateTable)
    requests = providers.Singleton(PostgresRequests, database)
    order_views = providers.Singleton(PostgresOrderViews, database)
    sales = providers.Singleton(PostgresSales, database)
    order_news = providers.Singleton(RedisOrderNews, redis)
    leaned_on = providers.Singleton(
        declared_dependencies,
        postgres=providers.Singleton(PostgresProbe, database),
        redis=providers.Singleton(RedisProbe, redis),
        temporal=providers.Singleton(TemporalProbe, temporal),
        typesense=providers.Singleton(typesense_probe, typesense),
    )
    order_processes = providers.Singleton(TemporalOrderProcesses, temporal, order_views)
    parked_processes = providers.Singleton(TemporalParkedProcesses, temporal)
    outbox = providers.Singleton(PostgresOutbox, database)
    event_stream = providers.Singleton(RedisEventStream, redis)
    stripe = providers.Singleton(chosen_connection, settings)
    payment_provider = providers.Singleton(chosen_gateway, settings, stripe, clock)
    payment_gateway = providers.Singleton(MeasuredGateway, payment_provider, measurements)
    provider_ledger = providers.Singleton(chosen_provider_ledger, settings)
    audit_records = providers.Singleton(PostgresAuditRecords, database)
    payment_webhooks = providers.Singleton(chosen_webhooks, settings, clock)
    carrier = providers.Singleton(
        SandboxCarrier, settings.provided.carrier.url, settings.provided.carrier.api_key
    )
    book_sources = providers.Singleton(chosen_sources, settings, clock)
    pace = providers.Singleton(ValkeyPace, redis)
    guarded_book_sources = providers.Singleton(guarded, book_sources, settings, pace, measurements)
    book_answers_kept = providers.Singleton(ValkeyBookAnswers, redis)
    own_books = providers.Singleton(PostgresOwnBooks, database)
    carrier_webhooks = providers.Singleton(
        SandboxCarrierWebhooks, providers.List(settings.provided.carrier.webhook_secret), clock
    )
    hold_for = providers.Factory(timedelta, minutes=settings.provided.checkout.hold_minutes)
