"""The numbers of the checkout, each with its reason; how steps are tried stands in `shared`."""

from datetime import timedelta
from typing import Final

# An unanswered authorisation is asked about at growing intervals; a reader does not wait longer than this.
ASK_FIRST: Final = timedelta(milliseconds=500)
ASK_SLOWEST: Final = timedelta(seconds=8)
ASK_FOR: Final = timedelta(seconds=60)

# Our own database was away before the provider was asked: it comes back, and nothing else can go on before.
AWAY_FIRST: Final = timedelta(seconds=1)
AWAY_SLOWEST: Final = timedelta(seconds=30)

# The carrier's news comes by itself; these questions only replace news that got lost. They grow so that a
# parcel of weeks costs a few dozen of them.
FOLLOW_FIRST: Final = timedelta(minutes=1)
FOLLOW_GROWS: Final = 1.5
FOLLOW_SLOWEST: Final = timedelta(hours=6)
