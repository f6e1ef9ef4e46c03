"""Every table of the shop; importing this package fills `metadata`."""

from adapters.postgres.tables import (
    books,
    embeddings,
    idempotency,
    inventory,
    orders,
    outbox,
    payments,
    prices,
    promotions,
    purchases,
    quotes,
    reviews,
    sales,
    search,
    sessions,
    store_knowledge,
    users,
)
from adapters.postgres.tables.metadata import metadata

__all__ = [
    "books",
    "embeddings",
    "idempotency",
    "inventory",
    "metadata",
    "orders",
    "outbox",
    "payments",
    "prices",
    "promotions",
    "purchases",
    "quotes",
    "reviews",
    "sales",
    "search",
    "sessions",
    "store_knowledge",
    "users",
]
