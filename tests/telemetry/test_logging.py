"""Log lines: JSON, traceable to a request, clean."""

import json
import subprocess
import sys

PROGRAM = """
import logging, sys
import structlog
from adapters.telemetry.logging import configure_logging, request_id
configure_logging()
request_id.set("req-12345678")
structlog.get_logger().info("seen", order_id="o-1", email="ada@example.org")
logging.getLogger("library").warning("about %s", "ada@example.org")
def fail(name):
    raise ValueError("ada@example.org is not welcome")
fail("Ada Lovelace")
"""


def _lines() -> list[dict[str, object]]:
    ran = subprocess.run(  # noqa: S603 - a program of our own
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=30, check=False
    )
    assert ran.returncode == 1
    return [json.loads(line) for line in ran.stderr.splitlines()]


def test_every_line_is_one_json_object_with_the_request_it_belongs_to() -> None:
    lines = _lines()
    assert [line["event"] for line in lines] == ["seen", "about [redacted]", "process_died"]
    assert {line["request_id"] for line in lines} == {"req-12345678"}


def test_an_uncaught_error_is_told_with_its_place_and_without_its_values() -> None:
    text = json.dumps(_lines())
    assert "ValueError" in text
    assert '"name": "fail"' in text
    assert "ada@example.org" not in text
    assert "Lovelace" not in text
