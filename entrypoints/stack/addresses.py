"""Which addresses this stack uses: given ones as they are, the others sockets and free ports."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from entrypoints.environment import SECRETS_FOLDER, STACK_FILE, SettingError, home_folder
from entrypoints.settings import Settings
from entrypoints.stack.places import free_port, is_free
from entrypoints.stack.secrets import SECRET_NAMES, ensure_secrets, write_private

# A part whose address is given in the environment runs elsewhere: it is used, not started.
ADDRESS_OF: Final = {
    "postgres": "OCTAVO_DATABASE_URL",
    "redis": "OCTAVO_REDIS_URL",
    "temporal": "OCTAVO_TEMPORAL_ADDRESS",
    "mail": "OCTAVO_SMTP_HOST",
    "payments": "OCTAVO_PAYMENTS_URL",
    "carrier": "OCTAVO_CARRIER_URL",
    "books-api": "OCTAVO_BOOKS_API_URL",
    "bookstores": "OCTAVO_BOOKSTORES_URL",
    "describe-bookstores": "OCTAVO_STORES",
    "typesense": "OCTAVO_TYPESENSE_URL",
}

_FLOATING: Final = (
    *("payments", "carrier", "books-api", "bookstores", "mail", "smtp"),
    *("typesense", "typesense-peering"),
)
_UNTOLD: Final = SECRET_NAMES | {
    "OCTAVO_HOME",
    "OCTAVO_GOOGLE_BOOKS_KEY",
    "OCTAVO_STRIPE_API_KEY",
    "OCTAVO_STRIPE_WEBHOOK_SECRET",
}


def complete(given: Mapping[str, str]) -> dict[str, str]:
    """All the variables the parts of this stack need: what is given, new addresses, and the secrets."""
    given = {name: value for name, value in given.items() if name.startswith("OCTAVO_") and value}
    home = home_folder(given)
    ensure_secrets(home, given)
    ports = _ports(home)
    chosen = {
        "OCTAVO_PAYMENTS_URL": f"http://127.0.0.1:{ports['payments']}",
        "OCTAVO_CARRIER_URL": f"http://127.0.0.1:{ports['carrier']}",
        "OCTAVO_BOOKS_API_URL": f"http://127.0.0.1:{ports['books-api']}",
        "OCTAVO_BOOKSTORES_URL": f"http://127.0.0.1:{ports['bookstores']}",
        "OCTAVO_STORES": str(home / "stores"),
        "OCTAVO_TYPESENSE_URL": f"http://127.0.0.1:{ports['typesense']}",
        "OCTAVO_TYPESENSE_PEERING_PORT": str(ports["typesense-peering"]),
        "OCTAVO_MAIL_URL": f"http://127.0.0.1:{ports['mail']}",
        "OCTAVO_SMTP_PORT": str(ports["smtp"]),
    }
    made = {
        name: file.read_text() for name in SECRET_NAMES if (file := home / SECRETS_FOLDER / name).exists()
    }
    return {**made, **chosen, **given, "OCTAVO_HOME": str(home)}


def write_down(values: Mapping[str, str], settings: Settings) -> Path:
    """Let other commands find this stack; its secrets are not repeated there."""
    known = {
        **values,
        "OCTAVO_DATABASE_URL": settings.database.url,
        "OCTAVO_REDIS_URL": settings.redis.url,
    }
    lines = [f"{name}={value}\n" for name, value in sorted(known.items()) if name not in _UNTOLD]
    file = settings.home / STACK_FILE
    write_private(file, "".join(lines))
    return file


def _ports(home: Path) -> dict[str, int]:
    """The ports of the last run while they are free: links in mails and orders then outlive a restart."""
    file = home / "run" / "ports.json"
    try:
        known = json.loads(file.read_text())
    except (FileNotFoundError, ValueError):
        known = {}
    ports = {name: port if (port := known.get(name)) and is_free(port) else free_port() for name in _FLOATING}
    file.parent.mkdir(parents=True, exist_ok=True)
    write_private(file, json.dumps(ports))
    return ports


def check_ports(settings: Settings, started: Mapping[str, object]) -> None:
    """The few fixed ports must be free; whoever holds one is not ours, for our leftovers are stopped."""
    wanted = {"OCTAVO_HTTP_PORT": (settings.http.host, settings.http.port)}
    if "temporal" in started:
        wanted["OCTAVO_TEMPORAL_PORT"] = ("127.0.0.1", settings.temporal.port)
        wanted["OCTAVO_TEMPORAL_UI_PORT"] = ("127.0.0.1", settings.temporal.ui_port)
    for name, (host, port) in wanted.items():
        if not is_free(port, host):
            raise SettingError(name, f"{host}:{port} cannot be used, it may be taken: set {name} to another.")
