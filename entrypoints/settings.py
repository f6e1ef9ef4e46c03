"""Everything that can be set, from `OCTAVO_…` variables, with defaults that work on one machine."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal, cast
from urllib.parse import quote

from entrypoints.book_settings import BookSources, book_sources
from entrypoints.bookstore_settings import Bookstores, bookstores
from entrypoints.embedding_settings import Embeddings, embeddings
from entrypoints.environment import Environment
from entrypoints.keys import encryption_keys, signing_key
from entrypoints.price_settings import Prices, prices
from entrypoints.purchase_settings import Checkout, Purchases, checkout, purchases
from entrypoints.search_settings import Search, search
from entrypoints.stack.places import POSTGRES_SOCKET, VALKEY_SOCKET, socket_folder
from entrypoints.store_settings import Stores, stores
from entrypoints.watch_settings import Watches, watches

MOST_PROCESSES: Final = 64
DEFAULT_RATE_LIMIT: Final = 600_000  # a runaway client, not a busy one: 10,000 requests a second
HIGHEST_RATE_LIMIT: Final = 60_000_000  # a request a microsecond: the finest step the limiter knows
LONGEST_WAY: Final = 30 * 24 * 60 * 60  # seconds; a month, as real parcels at their worst


@dataclass(frozen=True, kw_only=True)
class Http:
    """The API."""

    host: str  # OCTAVO_HTTP_HOST: the address to listen on
    port: int  # OCTAVO_HTTP_PORT
    processes: int  # OCTAVO_HTTP_PROCESSES: server processes
    public_url: str  # OCTAVO_PUBLIC_URL: how clients and providers reach it
    cors_origins: tuple[str, ...]  # OCTAVO_CORS_ORIGINS: browsers of other sites let in; empty: none
    rate_limit_per_minute: int  # OCTAVO_RATE_LIMIT_PER_MINUTE: for one address or reader; 0: no limit
    trusted_proxies: tuple[str, ...]  # OCTAVO_TRUSTED_PROXIES: whose X-Forwarded-For is believed; empty: none

    @property
    def local_url(self) -> str:
        """How this machine reaches it, wherever it listens."""
        everywhere = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - compared, not bound
        return f"http://{everywhere.get(self.host, self.host)}:{self.port}"


@dataclass(frozen=True, kw_only=True)
class Database:
    """PostgreSQL."""

    url: str  # OCTAVO_DATABASE_URL: a libpq address


@dataclass(frozen=True, kw_only=True)
class Redis:
    """Valkey or Redis."""

    url: str  # OCTAVO_REDIS_URL


@dataclass(frozen=True, kw_only=True)
class Temporal:
    """The server of the durable processes."""

    address: str  # OCTAVO_TEMPORAL_ADDRESS: host:port
    namespace: str  # OCTAVO_TEMPORAL_NAMESPACE
    ui_url: str  # OCTAVO_TEMPORAL_UI_URL: where people look
    port: int  # OCTAVO_TEMPORAL_PORT: of the embedded server
    ui_port: int  # OCTAVO_TEMPORAL_UI_PORT: of the embedded server


@dataclass(frozen=True, kw_only=True)
class Payments:
    """The payment provider."""

    gateway: Literal["sandbox", "stripe"]  # OCTAVO_PAYMENT_GATEWAY
    url: str  # OCTAVO_PAYMENTS_URL: of the sandbox provider
    api_key: str = field(repr=False)  # OCTAVO_PAYMENTS_API_KEY
    webhook_secret: str = field(repr=False)  # OCTAVO_PAYMENTS_WEBHOOK_SECRET
    stripe_api_base: str  # OCTAVO_STRIPE_API_BASE: another address for tests; empty: Stripe's own
    stripe_api_key: str = field(repr=False)  # OCTAVO_STRIPE_API_KEY
    stripe_webhook_secret: str = field(repr=False)  # OCTAVO_STRIPE_WEBHOOK_SECRET


@dataclass(frozen=True, kw_only=True)
class Carrier:
    """The carrier who brings parcels."""

    url: str  # OCTAVO_CARRIER_URL
    api_key: str = field(repr=False)  # OCTAVO_CARRIER_API_KEY
    webhook_secret: str = field(repr=False)  # OCTAVO_CARRIER_WEBHOOK_SECRET
    dispatch_seconds: int  # OCTAVO_CARRIER_DISPATCH_SECONDS: until the sandbox collects a parcel
    delivery_seconds: int  # OCTAVO_CARRIER_DELIVERY_SECONDS: until it delivers it


@dataclass(frozen=True, kw_only=True)
class Mail:
    """The mail server."""

    smtp_host: str  # OCTAVO_SMTP_HOST
    smtp_port: int  # OCTAVO_SMTP_PORT: TLS from the start on 465, elsewhere when the server offers it
    smtp_username: str  # OCTAVO_SMTP_USERNAME: empty: none asked for; set: never without TLS
    smtp_password: str = field(repr=False)  # OCTAVO_SMTP_PASSWORD
    sender: str  # OCTAVO_MAIL_FROM: the address readers see
    url: str  # OCTAVO_MAIL_URL: where the development mailbox shows what was sent


@dataclass(frozen=True, kw_only=True)
class Security:
    """Keys; none is ever printed or logged."""

    encryption_keys: tuple[bytes, ...] = field(repr=False)  # OCTAVO_ENCRYPTION_KEYS: the first encrypts
    blind_index_key: bytes = field(repr=False)  # OCTAVO_BLIND_INDEX_KEY: cannot change without reindexing
    token_signing_key: bytes = field(repr=False)  # OCTAVO_TOKEN_SIGNING_KEY: Ed25519 private seed
    cookie_key: bytes = field(repr=False)  # OCTAVO_COOKIE_KEY: signs guest carts and cursors


@dataclass(frozen=True, kw_only=True)
class Settings:
    """One section for each concern."""

    home: Path  # OCTAVO_HOME: the folder that keeps all state of the embedded stack
    http: Http
    database: Database
    redis: Redis
    temporal: Temporal
    payments: Payments
    carrier: Carrier
    books: BookSources
    bookstores: Bookstores
    search: Search
    prices: Prices
    mail: Mail
    security: Security
    checkout: Checkout
    purchases: Purchases
    embeddings: Embeddings
    stores: Stores
    watches: Watches

    @classmethod
    def load(cls, values: Mapping[str, str] | None = None, *, secrets_required: bool = True) -> "Settings":
        """Read `values`, or this process's environment over what the running stack wrote down.

        Raises `SettingError` for the first value that cannot work. Commands that only look or migrate
        pass `secrets_required=False`; whatever trades does not.
        """
        if values is None:
            env = Environment.of_this_process(secrets_required=secrets_required)
        else:
            env = Environment(values, secrets_required=secrets_required)
        run = env.home / "run"
        return cls(
            home=env.home,
            http=_http(env),
            database=Database(url=_database_url(env, run)),
            redis=Redis(url=_redis_url(env, run)),
            temporal=_temporal(env),
            payments=_payments(env),
            carrier=Carrier(
                url=env.url("OCTAVO_CARRIER_URL", "http://127.0.0.1:8102", "http", "https"),
                api_key=env.secret("OCTAVO_CARRIER_API_KEY"),
                webhook_secret=env.secret("OCTAVO_CARRIER_WEBHOOK_SECRET"),
                dispatch_seconds=env.number("OCTAVO_CARRIER_DISPATCH_SECONDS", 2, least=0, most=LONGEST_WAY),
                delivery_seconds=env.number("OCTAVO_CARRIER_DELIVERY_SECONDS", 2, least=0, most=LONGEST_WAY),
            ),
            books=book_sources(env),
            bookstores=bookstores(env),
            search=search(env),
            prices=prices(env),
            mail=_mail(env),
            security=_security(env),
            checkout=checkout(env),
            purchases=purchases(env),
            embeddings=embeddings(env),
            stores=stores(env),
            watches=watches(env),
        )


def _http(env: Environment) -> Http:
    unreachable = Http(
        host=env.text("OCTAVO_HTTP_HOST", "127.0.0.1"),
        port=env.port("OCTAVO_HTTP_PORT", 8000),
        processes=env.number("OCTAVO_HTTP_PROCESSES", 2, least=1, most=MOST_PROCESSES),
        public_url="",
        cors_origins=env.words("OCTAVO_CORS_ORIGINS"),
        rate_limit_per_minute=env.number(
            "OCTAVO_RATE_LIMIT_PER_MINUTE", DEFAULT_RATE_LIMIT, least=0, most=HIGHEST_RATE_LIMIT
        ),
        trusted_proxies=env.words("OCTAVO_TRUSTED_PROXIES"),
    )
    public_url = env.url("OCTAVO_PUBLIC_URL", unreachable.local_url, "http", "https")
    return replace(unreachable, public_url=public_url)


def _database_url(env: Environment, run: Path) -> str:
    folder = socket_folder(run / "postgres", POSTGRES_SOCKET)
    embedded = f"postgresql://octavo@/octavo?host={quote(str(folder), safe='')}"
    return env.url("OCTAVO_DATABASE_URL", embedded, "postgresql")


def _redis_url(env: Environment, run: Path) -> str:
    socket = socket_folder(run / "valkey", VALKEY_SOCKET) / VALKEY_SOCKET
    return env.url("OCTAVO_REDIS_URL", f"unix://{quote(str(socket))}?db=0", "redis", "rediss", "unix")


def _temporal(env: Environment) -> Temporal:
    port, ui_port = env.port("OCTAVO_TEMPORAL_PORT", 7233), env.port("OCTAVO_TEMPORAL_UI_PORT", 8233)
    return Temporal(
        address=env.text("OCTAVO_TEMPORAL_ADDRESS", f"127.0.0.1:{port}"),
        namespace=env.text("OCTAVO_TEMPORAL_NAMESPACE", "default"),
        ui_url=env.url("OCTAVO_TEMPORAL_UI_URL", f"http://127.0.0.1:{ui_port}", "http", "https"),
        port=port,
        ui_port=ui_port,
    )


def _payments(env: Environment) -> Payments:
    gateway = env.choice("OCTAVO_PAYMENT_GATEWAY", "sandbox", "stripe")
    through_stripe = gateway == "stripe"
    return Payments(
        gateway=cast("Literal['sandbox', 'stripe']", gateway),
        url=env.url("OCTAVO_PAYMENTS_URL", "http://127.0.0.1:8101", "http", "https"),
        api_key="" if through_stripe else env.secret("OCTAVO_PAYMENTS_API_KEY"),
        webhook_secret="" if through_stripe else env.secret("OCTAVO_PAYMENTS_WEBHOOK_SECRET"),
        stripe_api_base=env.text("OCTAVO_STRIPE_API_BASE", ""),
        stripe_api_key=env.secret("OCTAVO_STRIPE_API_KEY") if through_stripe else "",
        stripe_webhook_secret=env.secret("OCTAVO_STRIPE_WEBHOOK_SECRET") if through_stripe else "",
    )


def _mail(env: Environment) -> Mail:
    return Mail(
        smtp_host=env.text("OCTAVO_SMTP_HOST", "127.0.0.1"),
        smtp_port=env.port("OCTAVO_SMTP_PORT", 1025),
        smtp_username=env.text("OCTAVO_SMTP_USERNAME", ""),
        smtp_password=env.text("OCTAVO_SMTP_PASSWORD", ""),
        sender=env.text("OCTAVO_MAIL_FROM", "Octavo <shop@octavo.example>"),
        url=env.url("OCTAVO_MAIL_URL", "http://127.0.0.1:8025", "http", "https"),
    )


def _security(env: Environment) -> Security:
    return Security(
        encryption_keys=encryption_keys("OCTAVO_ENCRYPTION_KEYS", env),
        blind_index_key=env.key("OCTAVO_BLIND_INDEX_KEY"),
        token_signing_key=signing_key("OCTAVO_TOKEN_SIGNING_KEY", env),
        cookie_key=env.key("OCTAVO_COOKIE_KEY"),
    )
