"""How steps are tried: every number with its reason."""

from datetime import timedelta
from typing import Final

from temporalio.common import RetryPolicy

# A workflow task that dies with its worker is given to another one after this long: the reader waits 2 s.
TASK_TIMEOUT: Final = timedelta(seconds=3)

# At once, in the worker that runs the workflow: the provider answers in well under a second or not at all.
# Half a second longer than the wait for a database connection, so that a step which could not begin because
# the database is away says so, and is not taken for one whose outcome nobody knows.
QUICK: Final = timedelta(milliseconds=2500)
ONCE: Final = RetryPolicy(maximum_attempts=1)

# Then patiently: through a restart of the database or an outage of the provider.
PATIENT: Final = RetryPolicy(
    initial_interval=timedelta(milliseconds=500),
    backoff_coefficient=2.0,
    maximum_interval=timedelta(seconds=30),
)
ATTEMPT: Final = timedelta(seconds=25)  # one try of a remote call: the adapters give up before, in 20 s
NOT_PICKED_UP: Final = timedelta(minutes=1)  # no worker took it: the history says so, it is offered anew
PATIENCE: Final = timedelta(hours=1)  # most outages are over by then; after this a person decides

# A mail that no server takes for a day is dropped: it must not keep an order open.
MAIL_PATIENCE: Final = timedelta(hours=24)
