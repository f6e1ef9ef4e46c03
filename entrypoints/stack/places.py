"""Where sockets, ports and data may live."""

import hashlib
import importlib.util
import os
import socket
import stat
from pathlib import Path
from typing import Final

LONGEST_SOCKET_PATH: Final = (
    100  # bytes; sockaddr_un holds 104 on macOS and 108 on Linux, with the closing NUL
)


def free_port() -> int:
    """A TCP port on the loopback address that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int, host: str = "127.0.0.1") -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        probe.settimeout(1.0)
        return probe.connect_ex((host, port)) == 0


def socket_folder(wanted: Path, longest_name: str) -> Path:
    """`wanted`, or a private folder under /tmp when a socket in `wanted` would have too long a path."""
    if len(os.fsencode(wanted.absolute() / longest_name)) <= LONGEST_SOCKET_PATH:
        wanted.mkdir(parents=True, exist_ok=True)
        return wanted.absolute()
    digest = hashlib.sha256(os.fsencode(wanted.absolute())).hexdigest()[:12]
    folder = Path("/tmp") / f"octavo-{os.getuid()}-{digest}"  # noqa: S108 - its name is checked for an owner below
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.getuid(), 0}:
        raise PermissionError(f"{folder} belongs to somebody else: remove it and start again.")
    return folder


def let_through(path: Path) -> None:
    """Let an unprivileged account pass (not list) the parents of `path`; only root can and needs to."""
    for parent in path.absolute().parents:
        mode = parent.stat().st_mode
        if not mode & stat.S_IXOTH:
            parent.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)


def wheel(package: str) -> Path:
    """The folder of an installed package, found without importing it (imports of server wheels have effects)."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"The wheel of {package} is not installed: run `make install`.")
    return Path(spec.origin).parent
