"""What we are."""

from importlib.metadata import PackageNotFoundError, version


def product_version() -> str:
    """The version that is installed."""
    try:
        return version("octavo")
    except PackageNotFoundError:  # run from a folder that was never installed
        return "0"
