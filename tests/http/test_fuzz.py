"""Whatever the schema can generate, and much that it forbids, is answered as the schema says: never 5xx."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from entrypoints.stack.places import free_port
from entrypoints.stack.program import Program, launch, wait_until
from tests.architecture.source import ROOT

EXAMPLES = 3  # for each operation, beside the systematic ones
LONGEST = 240  # seconds; it takes less than a minute
PASSWORD = "seven blue herons 4"
# What would end the very session that asks, and streams that do not end.
NOT_ASKED = r"logout|users/sessions$|/events$"
# Habits that the shop does not share: a well-formed book may not exist (404), a missing header is 400 with
# the field's name and not 406, and who may do what is asked of every route by test_doors.
UNSHARED = "positive_data_acceptance,missing_required_header,ignored_auth"


@pytest.fixture(scope="module")
def address(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The API as `octavo api` serves it."""
    port = free_port()
    values = {**os.environ, **environment, "OCTAVO_HTTP_PORT": str(port), "OCTAVO_HTTP_PROCESSES": "1"}
    argv = (sys.executable, "-m", "entrypoints.cli", "api")
    log = tmp_path_factory.mktemp("fuzz") / "api.log"
    process = launch(Program(name="api", argv=argv, environment=values, directory=ROOT), log)
    url = f"http://127.0.0.1:{port}"

    def answers() -> bool:
        try:
            return httpx.get(f"{url}/health/live").is_success
        except httpx.TransportError:
            return False

    try:
        wait_until(answers, process, 30)
        yield url
    finally:
        process.stop()


def _open_to_all(address: str) -> str:
    """The paths that ask for no token; the others tell a stranger 401, as test_doors sees of each."""
    paths = httpx.get(f"{address}/schema/openapi.json").raise_for_status().json()["paths"]
    named = [path for path, of in paths.items() if any(_asks_nobody(operation) for operation in of.values())]
    assert named
    return f"^({'|'.join(map(re.escape, named))})$"


def _asks_nobody(operation: dict[str, Any]) -> bool:
    return not all(operation.get("security", [{}]))


def _token(address: str, environment: dict[str, str], role: str) -> str:
    email = f"{role}@fuzz.example"
    add = ("user", "add", "--email", email, "--name", role, "--password", PASSWORD, "--role", role)
    command = [sys.executable, "-m", "entrypoints.cli", *add]
    subprocess.run(command, env={**os.environ, **environment}, cwd=ROOT, check=True, timeout=60)  # noqa: S603 - our own command
    answer = httpx.post(f"{address}/v1/users/login", json={"email": email, "password": PASSWORD})
    token: str = answer.json()["access_token"]
    return token


@pytest.mark.timeout(LONGEST)
@pytest.mark.parametrize("role", ["nobody", "admin"])
def test_no_request_is_answered_outside_the_schema(
    address: str, environment: dict[str, str], role: str, tmp_path: Path
) -> None:
    who = (
        ["--include-path-regex", _open_to_all(address)]
        if role == "nobody"
        else ["-H", f"Authorization: Bearer {_token(address, environment, role)}"]
    )
    command = [
        Path(sys.executable).with_name("schemathesis"),
        "run",
        f"{address}/schema/openapi.json",
        *who,
        *("--phases", "coverage,fuzzing", "--max-examples", str(EXAMPLES), "--generation-deterministic"),
        *("--exclude-path-regex", NOT_ASKED, "--exclude-checks", UNSHARED, "--no-color"),
    ]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=LONGEST, check=False)  # noqa: S603 - as above
    assert ran.returncode == 0, ran.stdout.partition(" WARNINGS ")[0][-8000:]
    assert "Tested" in ran.stdout
