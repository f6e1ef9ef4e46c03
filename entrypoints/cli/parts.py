"""Commands that run one part in the foreground. `octavo up` starts them; so may any other supervisor."""

from importlib import import_module
from typing import Final

import rich_click as click

from entrypoints.cli.bookstores import bookstores
from entrypoints.settings import Settings

# Where each part's `main(settings)` is. Imported when asked for: a mailbox needs no workflow engine.
_MAINS: Final = {
    "worker": ("entrypoints.worker.main", "Carry out the durable processes: workflows and their activities."),
    "relay": ("entrypoints.worker.relay", "Bring what happened from the outbox to those who must know."),
    "indexer": ("entrypoints.worker.indexer", "Bring what changed in the catalogue into the search."),
    "payments": ("entrypoints.sandbox.payments.main", "Run the sandbox payment provider."),
    "carrier": ("entrypoints.sandbox.carrier.main", "Run the sandbox carrier."),
    "books-api": ("entrypoints.sandbox.books.main", "Run the stand-in for Google Books and Open Library."),
    "describe-bookstores": (
        "entrypoints.sandbox.descriptions.main",
        "Describe the stand-in bookstores in the folder OCTAVO_STORES, then end.",
    ),
    "mail": ("entrypoints.mailbox.main", "Run the development mail server and its mailbox page."),
}


def _part(name: str, module: str, words: str) -> click.Command:
    def run() -> None:
        import_module(module).main(Settings.load())

    return click.command(name=name, help=words)(run)


PARTS: Final = (*(_part(name, module, words) for name, (module, words) in _MAINS.items()), bookstores)
PART_NAMES: Final = (*_MAINS, "bookstores")
