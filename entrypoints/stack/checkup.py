"""Looks at each part from outside: which version, where, healthy or why not and what to do."""

import json
import smtplib
import subprocess
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final

import psycopg
import redis

from adapters.typesense.schema import WORKS
from entrypoints.settings import Settings
from entrypoints.stack.display import without_password
from entrypoints.stack.probes import PATIENCE, Unhealthy, get
from entrypoints.stack.temporal import BINARY as TEMPORAL

STRIPE: Final = "https://api.stripe.com"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What the doctor says of one part."""

    name: str
    address: str
    version: str
    healthy: bool
    detail: str


@dataclass(frozen=True, kw_only=True)
class Check:
    """How to look: `look` returns the version and a remark, or raises `Unhealthy`."""

    name: str
    address: str
    variable: str  # the setting to look at when nobody answers
    look: Callable[[], tuple[str, str]]

    def finding(self) -> Finding:
        """Look once."""
        try:
            found, detail = self.look()
        except Unhealthy as why:
            advice = f"Start it with `make up`, or set {self.variable} to where it runs."
            return self._finding("", f"{why}. {advice}", healthy=False)
        return self._finding(found, detail, healthy=True)

    def _finding(self, found: str, detail: str, *, healthy: bool) -> Finding:
        return Finding(name=self.name, address=self.address, version=found, healthy=healthy, detail=detail)


def check_up(settings: Settings) -> list[Finding]:
    """Every part, all at the same time."""
    checks = _checks(settings)
    with ThreadPoolExecutor(len(checks)) as pool:
        return list(pool.map(Check.finding, checks))


def _checks(settings: Settings) -> list[Check]:
    temporal, mail = settings.temporal, settings.mail
    api, smtp = settings.http.local_url, f"smtp://{mail.smtp_host}:{mail.smtp_port}"
    return [
        Check(name="api", address=api, variable="OCTAVO_HTTP_PORT", look=lambda: _api(api)),
        Check(
            name="temporal", address=temporal.address, variable="OCTAVO_TEMPORAL_ADDRESS",
            look=lambda: _temporal(temporal.address, temporal.namespace),
        ),
        Check(
            name="temporal-ui", address=temporal.ui_url, variable="OCTAVO_TEMPORAL_UI_URL",
            look=lambda: _temporal_ui(temporal.ui_url),
        ),
        Check(
            name="postgres", address=without_password(settings.database.url), variable="OCTAVO_DATABASE_URL",
            look=lambda: _postgres(settings.database.url),
        ),
        Check(
            name="redis", address=without_password(settings.redis.url), variable="OCTAVO_REDIS_URL",
            look=lambda: _redis(settings.redis.url),
        ),
        Check(
            name="mail", address=smtp, variable="OCTAVO_SMTP_HOST",
            look=lambda: _mail(mail.smtp_host, mail.smtp_port),
        ),
        _payments(settings),
        Check(
            name="carrier", address=settings.carrier.url, variable="OCTAVO_CARRIER_URL",
            look=lambda: _sandbox(settings.carrier.url),
        ),
        *_books(settings),
        Check(
            name="bookstores", address=settings.bookstores.url, variable="OCTAVO_BOOKSTORES_URL",
            look=lambda: _sandbox(settings.bookstores.url),
        ),
        *_search(settings),
    ]  # fmt: skip


def _payments(settings: Settings) -> Check:
    if settings.payments.gateway == "stripe":
        base = settings.payments.stripe_api_base or STRIPE
        return Check(
            name="payments", address=base, variable="OCTAVO_STRIPE_API_BASE",
            look=lambda: (version("stripe"), "Stripe; reached when a reader pays"),
        )  # fmt: skip
    url = settings.payments.url
    return Check(name="payments", address=url, variable="OCTAVO_PAYMENTS_URL", look=lambda: _sandbox(url))


def _search(settings: Settings) -> list[Check]:
    url, key = settings.search.url, settings.search.api_key
    if settings.search.engine != "typesense":
        return []
    return [
        Check(
            name="typesense", address=url, variable="OCTAVO_TYPESENSE_URL", look=lambda: _typesense(url, key)
        )
    ]


def _typesense(url: str, key: str) -> tuple[str, str]:
    get(f"{url}/health")
    named = {"X-TYPESENSE-API-KEY": key}
    found = str(get(f"{url}/debug", **named).get("version", ""))
    try:
        index = get(f"{url}/collections/{WORKS}", **named)
    except Unhealthy:
        return found, "no index yet: PostgreSQL answers searches until the indexer has built it"
    return found, f"{index['num_documents']:,} works in {index['name']}"


def _books(settings: Settings) -> list[Check]:
    if settings.books.chosen != "sandbox":
        return []  # others are asked when a visitor asks, never to see whether they are there
    url = settings.books.url
    return [Check(name="books-api", address=url, variable="OCTAVO_BOOKS_API_URL", look=lambda: _sandbox(url))]


def _api(url: str) -> tuple[str, str]:
    get(f"{url}/health/ready")
    return version("octavo"), "ready to serve"


def _sandbox(url: str) -> tuple[str, str]:
    return str(get(f"{url}/health").get("version", "")), "sandbox"


def _postgres(url: str) -> tuple[str, str]:
    try:
        with psycopg.connect(url, connect_timeout=int(PATIENCE)) as connection:
            row = connection.execute(
                "select current_setting('data_checksums'), pg_is_in_recovery()"
            ).fetchone()
            found = connection.info.parameter_status("server_version") or ""
    except psycopg.Error as error:
        raise Unhealthy(str(error).partition("\n")[0]) from error
    checksums, standby = row or ("", False)
    return found, f"{'a standby' if standby else 'primary'}, data checksums {checksums}"


def _redis(url: str) -> tuple[str, str]:
    try:
        with redis.Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE) as client:
            info = client.info()
    except (redis.RedisError, OSError) as error:
        raise Unhealthy(str(error).rstrip(".")) from error
    known = dict(info) if isinstance(info, dict) else {}
    found = known.get("valkey_version") or known.get("redis_version", "")
    return str(found), f"append-only file {'on' if known.get('aof_enabled') else 'off'}"


def _mail(host: str, port: int) -> tuple[str, str]:
    try:
        with smtplib.SMTP(host, port, timeout=PATIENCE) as connection:
            connection.noop()
    except (OSError, smtplib.SMTPException) as error:
        raise Unhealthy(f"does not answer ({error})") from error
    return version("aiosmtpd") if host == "127.0.0.1" else "", "takes mail"


def _temporal_ui(url: str) -> tuple[str, str]:
    return str(get(f"{url}/api/v1/settings").get("Version", "")), "open it in a browser"


def _temporal(address: str, namespace: str) -> tuple[str, str]:
    """Asked through Temporal's own command: its Python client may crash a process that ends right after."""
    where = ("--address", address, "--namespace", namespace)
    system = _temporal_says("operator", "cluster", "system", *where)
    _temporal_says("operator", "namespace", "describe", *where)
    return str(system["serverVersion"]), f"namespace {namespace}"


def _temporal_says(*words: str) -> Mapping[str, object]:
    try:
        done = subprocess.run(  # noqa: S603 - the wheel's own command with our own arguments
            [TEMPORAL, *words, "--output", "json"],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as silent:
        raise Unhealthy(f"does not answer in {PATIENCE:g} s") from silent
    if done.returncode != 0:
        raise Unhealthy(done.stderr.partition("\n")[0].removeprefix("Error: "))
    answer: Mapping[str, object] = json.loads(done.stdout)
    return answer
