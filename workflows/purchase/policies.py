"""The numbers of a purchase, each with its reason; how steps are tried stands in `shared`."""

from datetime import timedelta
from typing import Final

# A comparison takes ten seconds; one that broke off is tried again, and then the reader is told.
COMPARE_WITHIN: Final = timedelta(seconds=40)

# An unanswered authorisation is asked about at growing intervals; a reader does not wait longer than this.
ASK_FIRST: Final = timedelta(milliseconds=500)
ASK_SLOWEST: Final = timedelta(seconds=8)
ASK_FOR: Final = timedelta(seconds=60)
# Who has the bank's page before them confirms within minutes; the offer does not wait for the rest.
CONFIRM_WITHIN: Final = timedelta(minutes=10)
CONFIRM_LOOK: Final = timedelta(seconds=30)  # the provider's news comes by itself; this replaces lost news

# Our own database was away before the provider was asked: it comes back, and nothing else can go on before.
AWAY_FIRST: Final = timedelta(seconds=1)
AWAY_SLOWEST: Final = timedelta(seconds=30)

# The last look is one call to the store, on the lane kept for it; two or three tries fit, then no order rests
# on an unanswered question.
LOOK_WITHIN: Final = timedelta(seconds=12)
# A look has grown too old when a worker died after it. That this happens three times in a row is no accident:
# the store's clock, or ours, is wrong.
LOOKS: Final = 3
# Longer than the adapter waits for a store's answer: whoever is cut off in the middle knows nothing.
ORDER_WITHIN: Final = timedelta(seconds=25)
# An order without answer is asked about three times: at once, for most outcomes are known within seconds;
# then while the reader still waits; and once more when no connection can still hold the order on its way.
ASK_STORE_AFTER: Final = (timedelta(seconds=2), timedelta(seconds=10), timedelta(minutes=2))
TOLD_BEFORE: Final = 2  # of these questions: until then the reader waits for an answer anyway
ASK_STORE_WITHIN: Final = timedelta(seconds=20)

# Some stores settle a charge a moment after they confirmed it: their books are looked into then.
CHECK_AFTER: Final = timedelta(minutes=1)
CHECK_WITHIN: Final = timedelta(minutes=10)
