"""The mail server as a process: SMTP in, pages out."""

import asyncio
import signal
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web
from aiosmtpd.smtp import SMTP, Envelope, Session

from entrypoints.mailbox.letters import Letters
from entrypoints.mailbox.pages import create_app
from entrypoints.settings import Settings

LARGEST_MAIL: Final = 10 * 1024 * 1024  # bytes
ACCEPTED: Final = "250 Message accepted"


class Taking:
    """Accepts every recipient and keeps every mail."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Say "accepted" only once the mail is on the disk."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        await asyncio.to_thread(self._letters.keep, content, envelope.rcpt_tos, datetime.now(UTC))
        return ACCEPTED


def main(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT."""
    asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    ended, loop = asyncio.Event(), asyncio.get_running_loop()
    for signum in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signum, ended.set)
    letters = Letters(settings.home / "mail")
    smtp = await loop.create_server(
        lambda: SMTP(Taking(letters), data_size_limit=LARGEST_MAIL, enable_SMTPUTF8=True, hostname="octavo"),
        settings.mail.smtp_host,
        settings.mail.smtp_port,
    )
    runner = web.AppRunner(create_app(letters), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        view = urlsplit(settings.mail.url)
        await web.TCPSite(runner, view.hostname, view.port).start()
        await ended.wait()
    finally:
        smtp.close()
        await runner.cleanup()
