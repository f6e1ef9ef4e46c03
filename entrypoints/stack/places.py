"""Where sockets, ports and data may live."""

import hashlib
import importlib.util
import os
import pwd
import shutil
import socket
import stat
from pathlib import Path
from typing import Final

LONGEST_SOCKET_PATH: Final = 100  # bytes; the system's limit is 104 on macOS and 108 on Linux
POSTGRES_SOCKET: Final = ".s.PGSQL.5432"
VALKEY_SOCKET: Final = "valkey.sock"


def free_port() -> int:
    """A TCP port on the loopback address that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a closing connection is no listener
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def answers(port: int, host: str = "127.0.0.1") -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        probe.settimeout(1.0)
        return probe.connect_ex((host, port)) == 0


def socket_folder(wanted: Path, socket_name: str) -> Path:
    """`wanted`, or a folder under /tmp when the path of a socket in `wanted` would be too long."""
    if len(os.fsencode(wanted.absolute() / socket_name)) <= LONGEST_SOCKET_PATH:
        return wanted.absolute()
    digest = hashlib.sha256(os.fsencode(wanted.absolute())).hexdigest()[:12]
    return Path("/tmp") / f"octavo-{os.getuid()}-{digest}"  # noqa: S108 - `make_private` checks whose it is


def make_private(folder: Path, account: str | None = None) -> None:
    """See that `folder` is ours (or `account`'s) alone: connections made there need no password."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    ours = {os.getuid()} if account is None else {os.getuid(), pwd.getpwnam(account).pw_uid}
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in ours:
        raise PermissionError(f"{folder} belongs to somebody else: remove it and start again.")
    folder.chmod(0o700)
    if account is not None:
        shutil.chown(folder, account, account)


def let_through(path: Path) -> None:
    """Let an unprivileged account pass (not list) the parents of `path`; only root can and needs to."""
    for parent in path.absolute().parents:
        mode = parent.stat().st_mode
        if not mode & stat.S_IXOTH:
            parent.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)


def wheel(package: str) -> Path:
    """The folder of an installed package, found without importing it: importing servers has effects."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"The wheel of {package} is not installed: run `make install`.")
    return Path(spec.origin).parent
