"""Step definitions as coroutines: pytest-bdd knows none, so each waits on the run's own loop."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import wraps
from inspect import Parameter, signature
from typing import Any

import pytest_bdd
from pytest_bdd import parsers

from tests.bdd.drivers.protocol import Refused
from tests.bdd.story import Story

Step = Callable[..., Awaitable[object]]
LOOP = "loop_of_the_run"


def given(words: str, **converters: Callable[[str], object]) -> Callable[[Step], Step]:
    """How things stand. A refusal here is a mistake of the scenario."""
    return _defines(pytest_bdd.given, words, converters, catches=False)


def when(words: str, **converters: Callable[[str], object]) -> Callable[[Step], Step]:
    """What happens. A refusal waits for the step that expects it; any other step raises it."""
    return _defines(pytest_bdd.when, words, converters, catches=True)


def then(words: str, **converters: Callable[[str], object]) -> Callable[[Step], Step]:
    """What must be so."""
    return _defines(pytest_bdd.then, words, converters, catches=False)


def _defines(
    kind: Any,  # noqa: ANN401 - one of pytest-bdd's three decorators
    words: str,
    converters: dict[str, Callable[[str], object]],
    *,
    catches: bool,
) -> Callable[[Step], Step]:
    def define(step: Step) -> Step:
        kind(parsers.parse(words), converters=converters, stacklevel=2)(_waiting(step, catches=catches))
        return step

    return define


def _waiting(step: Step, *, catches: bool) -> Callable[..., None]:
    async def take(story: Story, given: dict[str, object]) -> None:
        if catches:
            story.demand_nothing_refused()
        try:
            await step(story, **given)
        except Refused as refused:
            if not catches:
                raise
            story.refused = refused
        if not catches:
            story.demand_nothing_refused()

    @wraps(step)
    def waiting(story: Story, **given: Any) -> None:  # noqa: ANN401 - whatever the words hold
        loop: asyncio.AbstractEventLoop = given.pop(LOOP)
        loop.run_until_complete(take(story, given))

    own = signature(step)
    loop = Parameter(LOOP, Parameter.POSITIONAL_OR_KEYWORD)
    waiting.__signature__ = own.replace(parameters=[*own.parameters.values(), loop])  # type: ignore[attr-defined] # what inspect reads
    return waiting
