"""Mails over SMTP. The same key gives the same Message-ID, by which mailboxes know a repeated mail."""

from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from pathlib import Path
from typing import Final

import aiosmtplib
import structlog
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from application.notifications.ports import Mail, MailNotAccepted

ANSWER_WITHIN: Final = 10.0  # seconds; mail servers greylist and look up names before they answer
TLS_FROM_THE_START: Final = 465  # RFC 8314
NEVER: Final = 500  # SMTP: 4xx means "not now", 5xx means "never"

_log = structlog.get_logger("octavo.mail")


class SmtpMailer:
    """Renders a letter as text and HTML, and hands it to one server."""

    def __init__(self, host: str, port: int, sender: str, username: str = "", password: str = "") -> None:
        self._host, self._port, self._sender = host, port, sender
        self._username, self._password = username or None, password or None
        self._domain = parseaddr(sender)[1].rpartition("@")[2]
        self._templates = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=select_autoescape(("html.j2",)),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    async def send(self, mail: Mail) -> bool:
        """See `Mailer`."""
        try:
            await aiosmtplib.send(
                self._message(mail),
                hostname=self._host,
                port=self._port,
                username=self._username,
                password=self._password,
                use_tls=self._port == TLS_FROM_THE_START,
                start_tls=self._upgrade(),
                timeout=ANSWER_WITHIN,
            )
        except (aiosmtplib.SMTPException, OSError) as error:
            if _is_final(error):
                _log.warning("mail_refused", key=mail.key, reason=type(error).__name__)
                return False
            raise MailNotAccepted("The mail server did not take the mail; it will be sent again.") from error
        return True

    def _upgrade(self) -> bool | None:
        if self._port == TLS_FROM_THE_START:
            return False
        return True if self._username else None  # None: whenever the server offers it

    def _message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, mail.to, mail.letter.subject
        message["Message-ID"] = f"<{mail.key}@{self._domain}>"
        message["Date"] = formatdate(usegmt=True)
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: holiday answers need not be sent
        message.set_content(self._render("letter.txt.j2", mail))
        message.add_alternative(self._render("letter.html.j2", mail), subtype="html")
        return message

    def _render(self, template: str, mail: Mail) -> str:
        return self._templates.get_template(template).render(name=mail.name, letter=mail.letter)


def _is_final(error: Exception) -> bool:
    """Whether this mail, as it is, will never be taken; that the server knows us not will be put right."""
    match error:
        case aiosmtplib.SMTPRecipientsRefused(recipients=refused):
            return all(one.code >= NEVER for one in refused)
        case aiosmtplib.SMTPDataError(code=code):
            return code >= NEVER
    return False
