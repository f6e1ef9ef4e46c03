"""Every table of the shop; importing this package fills `metadata`."""

from adapters.postgres.tables import outbox
from adapters.postgres.tables.metadata import metadata

__all__ = ["metadata", "outbox"]
