"""A carrier whose parcels travel by themselves, with its own durable ledger (see docs/sandbox.md)."""

from entrypoints.sandbox.carrier.server import create_app

__all__ = ["create_app"]
