"""The numbers of a watch's process, each with its reason; how steps are tried stands in `shared`."""

from datetime import timedelta
from typing import Final

from temporalio.common import RetryPolicy

# Each look adds some five events to the history; the engine warns at ten thousand of them, and whoever
# replays a watch after a restart reads them all.
LOOKS_A_RUN: Final = 200

# A purchase decides on a cancellation within seconds; one that does not answer is told again at the next
# look, and its order goes on meanwhile.
CALL_OFF_WITHIN: Final = timedelta(minutes=2)

# A reader's server that is down is asked again at once, then ever more rarely, for an hour: what it was to be
# told stands in the watch, too. Each try keeps a seat in the worker that checkouts need as well.
CALL_WITHIN: Final = timedelta(hours=1)
CALL_AGAIN: Final = RetryPolicy(
    initial_interval=timedelta(seconds=1),
    backoff_coefficient=2.0,
    maximum_interval=timedelta(minutes=10),
)

# The shop's clock may be a little behind the engine's: a date that has come there is looked at again soon.
AT_LEAST: Final = timedelta(seconds=1)
