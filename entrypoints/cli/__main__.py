"""`python -m entrypoints.cli` is the same command without an installed script."""

from entrypoints.cli.main import main

main()
