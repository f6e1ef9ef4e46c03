"""Ways to ask a part whether it answers."""

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any, Final

from entrypoints.settings import Temporal
from entrypoints.stack.program import Process

FALSE_START: Final = 2.0  # seconds; a part that cannot work ends as soon as it is loaded
PATIENCE: Final = 2.0  # seconds; a healthy neighbour answers in milliseconds
LARGEST_ANSWER: Final = 64 * 1024  # bytes


class Unhealthy(Exception):
    """It does not answer as it should; the message says how it answered."""


def get(url: str, **headers: str) -> Mapping[str, Any]:
    """The JSON object behind an address (http or https, as settings have checked), or `Unhealthy`."""
    return fetch(url, headers, LARGEST_ANSWER)


def fetch(url: str, headers: Mapping[str, str], largest: int) -> Mapping[str, Any]:
    """The same, of at most `largest` bytes."""
    asked = urllib.request.Request(url, headers=dict(headers))  # noqa: S310 - see the docstring
    try:
        with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:  # noqa: S310 - as above
            found = json.loads(answer.read(largest))
    except urllib.error.HTTPError as refused:
        raise Unhealthy(f"answers {refused.code}: {refused.read(400).decode(errors='replace')}") from refused
    except (OSError, http.client.HTTPException) as silent:
        raise Unhealthy(f"does not answer ({getattr(silent, 'reason', silent)})") from silent
    except ValueError as garbled:
        raise Unhealthy("answers something that is not JSON; is another program on this port?") from garbled
    return found if isinstance(found, dict) else {}


def http_ok(url: str) -> Callable[[Process], bool]:
    """A part is up when this address answers 200."""

    def answers(_: Process) -> bool:
        try:
            get(url)
        except Unhealthy:
            return False
        return True

    return answers


def polled(temporal: Temporal, queue: str) -> Callable[[Process], bool]:
    """A worker is up when somebody asks for work on its queue."""
    url = f"{temporal.ui_url}/api/v1/namespaces/{temporal.namespace}/task-queues/{queue}"

    def answers(_: Process) -> bool:
        try:
            return bool(get(url).get("pollers"))
        except Unhealthy:
            return False

    return answers


def still_there(process: Process) -> bool:
    """A part that nobody calls is up when it has run for longer than a false start takes."""
    return time.monotonic() - process.began > FALSE_START
