"""The numbers of taking turns. Why they keep every limit: docs/decisions/0031-asking-in-turn.md."""

from datetime import timedelta
from typing import Final

from domain.prices.pace import SETS_OUT_WITHIN
from domain.prices.store import Lane

MICROSECOND: Final = timedelta(microseconds=1)
LANES: Final = (Lane.CHARGE, Lane.READER, Lane.REFRESH)  # the first goes first

# A call may take its moment so much late without the next one's being moved: a loop comes back to its timers
# late, and without this every delay would be lost for ever.
CATCH_UP: Final = timedelta(milliseconds=50)
# What is left of what we may be late. A turn whose news took longer is lost: the call would come too close to
# the next one.
USED_WITHIN: Final = SETS_OUT_WITHIN - CATCH_UP
# Who is expected is waited for so long, and passed by after that.
LATE: Final = timedelta(milliseconds=50)
# A lane of which nobody was there at its time makes up for that by so many calls: a round of the smallest
# share.
MAKES_UP: Final = 10
# Nobody is told to come back later than that: those who were before may have left.
ASK_AGAIN: Final = timedelta(seconds=1)
# What Valkey may forget when its machine dies (appendfsync everysec: one second, two at the worst) counts as
# used.
FORGETS: Final = timedelta(seconds=5)

# More slowly after a refusal, and faster again, 2 % of the safe rate at a time, while that is wanted.
SLOWER: Final = 0.7
SLOWEST: Final = 0.1
FASTER: Final = 0.02
CLEAN_FOR: Final = timedelta(seconds=10)
ONE_REFUSAL: Final = timedelta(seconds=1)  # calls that were on their way together are refused together
LONGEST_REST: Final = timedelta(days=1)  # then the store is asked how it does, whatever it said
UNSAID_REST: Final = timedelta(seconds=1)  # 429 without Retry-After: the window of most limits

# A process that has not been heard of for so long may call in its own moments. Six renewals may be lost
# before that, and the slowest store that has such moments (one call a second) takes less from one to the
# next.
BEGINS_AFTER: Final = timedelta(seconds=3)
RENEWED_EVERY: Final = timedelta(milliseconds=500)
SLOWEST_LEASED: Final = timedelta(milliseconds=1_250)
# And so long it may: a supervisor brings Valkey back within seconds. The share of a process that died without
# a word lies idle as long.
LASTS: Final = timedelta(seconds=30)
# Two clocks that count the same half minute disagree by less than so many parts of it: quartz is ten times
# better.
DRIFT: Final = 0.0005
# Who has no answer asks again after a pause; without a lease in sight nobody waits longer than that in vain.
PAUSE: Final = timedelta(milliseconds=200)
PATIENCE: Final = timedelta(milliseconds=500)
KEPT_FOR: Final = timedelta(days=30)  # a store that nobody has asked for so long begins anew


def microseconds(span: timedelta) -> int:
    """As Valkey counts."""
    return span // MICROSECOND
