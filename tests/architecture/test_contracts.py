"""The import contracts in pyproject.toml hold, all of them, each time the tests run."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT


def test_imports_run_one_way_and_rooms_keep_apart() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run(  # noqa: S603 - our own command
        [command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert ran.returncode == 0, ran.stdout
