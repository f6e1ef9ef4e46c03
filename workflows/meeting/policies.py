"""The numbers of a meeting's process, each with its reason; how steps are tried stands in `shared`."""

from datetime import timedelta
from typing import Final

# News comes by itself; this replaces lost news: a bet refuses by itself what comes too late.
LOOK_EVERY: Final = timedelta(days=1)
# Timers count in milliseconds, moments in microseconds: whoever wakes a hair too early would only look again.
SURELY_AFTER: Final = timedelta(seconds=1)
