"""The bare server that browsing is compared with."""

import sys
from typing import Final

from entrypoints.stack.places import answers, free_port
from entrypoints.stack.program import Program
from entrypoints.stack.shop import ROOT
from tests.benchmarks.stand.stack import Stack

STATIC: Final = "static"


def start_static(stack: Stack) -> None:
    """With as many processes as the shop's API."""
    port = free_port()
    stack.ports[STATIC] = port
    processes = str(stack.settings.http.processes)
    argv = (sys.executable, "-m", "tests.benchmarks.ceilings.static_server", str(port), processes)
    stack.start_beside(Program(name=STATIC, argv=argv, directory=ROOT), lambda: answers(port))
