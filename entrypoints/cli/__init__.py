"""The `octavo` command, one file for each subcommand."""
