"""The numbers of keeping prices fresh, each with its reason."""

from datetime import timedelta
from typing import Final

from temporalio.common import RetryPolicy

# Six events a batch: 72 an hour and store, 4 a second for two hundred stores. A longer one would tell people
# less often how the store does.
BATCH: Final = timedelta(minutes=5)
# What is on its way at the end of a batch is waited for, and the books in hand are put back.
BATCH_WITHIN: Final = BATCH + timedelta(minutes=1)
# A pause reaches a batch with the answer to its next sign of life, which is sent after four fifths of this;
# and so long a batch stands still whose worker was killed.
SILENCE: Final = timedelta(seconds=30)
# While the database is away a batch cannot begin; nothing is lost by trying again, and again.
AGAIN: Final = RetryPolicy(
    initial_interval=timedelta(seconds=1), backoff_coefficient=2.0, maximum_interval=timedelta(minutes=1)
)
# A store that refuses our account is asked no more before a person has looked, or an hour has passed: as long
# as its breaker keeps everybody else away.
REFUSED_FOR: Final = timedelta(hours=1)
BATCHES: Final = 288  # a day in one history, 1,700 events; Temporal grows slow from 10,000 on
