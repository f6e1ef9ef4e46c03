"""What each of our processes does before anything else."""

from adapters.telemetry.logging import configure_logging


def begin() -> None:
    """From here on everything that is written down is JSON, and clean."""
    configure_logging()
