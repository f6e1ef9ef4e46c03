"""Binds every scenario of features/."""

from pytest_bdd import scenarios

scenarios(".")
