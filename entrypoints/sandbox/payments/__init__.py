"""A card payment provider with its own durable ledger (see docs/sandbox.md)."""

from entrypoints.sandbox.payments.server import create_app

__all__ = ["create_app"]
