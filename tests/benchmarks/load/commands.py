"""Commands run to their end."""

import asyncio
from collections.abc import Mapping

from entrypoints.stack.shop import ROOT


class CommandFailed(Exception):
    """The message is the end of what it said."""


async def said_by(*words: str, environment: Mapping[str, str] | None = None) -> str:
    """What it says, in the folder of the checkout; raises `CommandFailed`."""
    pipe, both = asyncio.subprocess.PIPE, asyncio.subprocess.STDOUT
    process = await asyncio.create_subprocess_exec(
        *words, env=environment, cwd=ROOT, stdout=pipe, stderr=both
    )
    said = (await process.communicate())[0].decode(errors="replace")
    if process.returncode:
        raise CommandFailed(said[-2000:])
    return said
