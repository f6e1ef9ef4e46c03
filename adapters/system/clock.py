"""The machine's clock behind the Clock port."""

from datetime import UTC, datetime


class SystemClock:
    """Wall-clock time in UTC."""

    def now(self) -> datetime:
        """Return this moment."""
        return datetime.now(UTC)
