"""A mail server for development: takes every mail, delivers none, shows all of them on a local page."""
