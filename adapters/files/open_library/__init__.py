"""Open Library's monthly dumps: editions for sale, joined with their works and authors."""

from adapters.files.open_library.dump import OpenLibraryDump

__all__ = ["OpenLibraryDump"]
