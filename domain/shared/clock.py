"""Time as a port: the core never looks at a wall clock."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time to use cases, which hand it to the domain as an argument."""

    def now(self) -> datetime:
        """Return the present moment, aware and in UTC."""
        ...
