"""The numbers of a suspicion, each with its reason."""

from datetime import timedelta
from typing import Final

# The next comparison asks again after half a minute. Where none comes by, the store has an hour to notice its
# mistake; then what it says twice is believed. A store that gives no answer is left in peace for longer.
ASK_AGAIN_AFTER: Final = timedelta(hours=1)
ASK_EVERY: Final = timedelta(hours=6)
# One call, on the lane of those for whom nobody waits.
ANSWER_WITHIN: Final = timedelta(minutes=5)
# Who sends an update looks at it meanwhile; a database that is away for longer is told of.
DECIDED_WITHIN: Final = timedelta(seconds=15)
