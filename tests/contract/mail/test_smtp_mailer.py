"""Mails reach a real SMTP server whole, recognisable, and say honestly when they did not."""

import asyncio
from collections.abc import AsyncIterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from adapters.mail.smtp import SmtpMailer
from application.notifications.ports import Letter, Mail, MailNotAccepted

SENDER = "Octavo <shop@octavo.example>"
LETTER = Letter(
    subject="Your order is confirmed",
    opening="Thank you.",
    rows=[("1 x Müller & Söhne <b>Krieg</b> (paperback)", "12.99 EUR"), ("Total", "12.99 EUR")],
    closing="We will write again.",
)
MAIL = Mail(key="0198c5b4-confirmed", to="ada@example.org", name="Ada <3", letter=LETTER)


class Mailbox:
    """A mail server's memory, and its moods."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.answer = "250 OK"
        self.port = 0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if not self.answer.startswith("250"):
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        return "250 OK"


@pytest.fixture
async def mailbox() -> AsyncIterator[Mailbox]:
    box = Mailbox()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(box), "127.0.0.1", 0)
    box.port = server.sockets[0].getsockname()[1]
    yield box
    server.close()


def _mailer(box: Mailbox) -> SmtpMailer:
    return SmtpMailer("127.0.0.1", box.port, SENDER)


async def test_a_mail_arrives_as_text_and_as_html(mailbox: Mailbox) -> None:
    assert await _mailer(mailbox).send(MAIL) is True
    message = mailbox.messages[0]
    text, html = (part.get_content() for part in message.iter_parts())
    assert (message["From"], message["To"]) == (SENDER, "ada@example.org")
    assert message["Subject"] == "Your order is confirmed"
    assert text.startswith("Hello Ada <3,\r\n")
    assert "1 x Müller & Söhne <b>Krieg</b> (paperback): 12.99 EUR" in text
    assert "Hello Ada &lt;3," in html
    assert "Müller &amp; Söhne &lt;b&gt;Krieg&lt;/b&gt;" in html


async def test_nothing_in_a_mail_tells_that_it_was_read(mailbox: Mailbox) -> None:
    await _mailer(mailbox).send(MAIL)
    raw = mailbox.messages[0].as_string().lower()
    assert "http" not in raw
    assert "<img" not in raw


async def test_a_mail_sent_again_is_recognised_by_its_message_id(mailbox: Mailbox) -> None:
    await _mailer(mailbox).send(MAIL)
    await _mailer(mailbox).send(MAIL)
    assert [m["Message-ID"] for m in mailbox.messages] == ["<0198c5b4-confirmed@octavo.example>"] * 2


@pytest.mark.parametrize("to", ["ada@example.org\r\nBcc: all@example.org", "ada@example.org\nX: y"])
async def test_no_address_smuggles_in_a_header(mailbox: Mailbox, to: str) -> None:
    with pytest.raises(ValueError, match="linefeed"):
        await _mailer(mailbox).send(Mail(key="k", to=to, name="Ada", letter=LETTER))
    assert mailbox.messages == []


async def test_a_mailbox_that_does_not_exist_is_final(mailbox: Mailbox) -> None:
    mailbox.answer = "550 no such mailbox"
    assert await _mailer(mailbox).send(MAIL) is False


async def test_a_busy_server_is_asked_again(mailbox: Mailbox) -> None:
    mailbox.answer = "450 come back later"
    with pytest.raises(MailNotAccepted):
        await _mailer(mailbox).send(MAIL)


async def test_a_lost_server_is_asked_again() -> None:
    with pytest.raises(MailNotAccepted):
        await SmtpMailer("127.0.0.1", 1, SENDER).send(MAIL)


async def test_a_password_never_travels_without_tls(mailbox: Mailbox) -> None:
    mailer = SmtpMailer("127.0.0.1", mailbox.port, SENDER, "shop", "s3cret")
    with pytest.raises(MailNotAccepted):
        await mailer.send(MAIL)
    assert mailbox.messages == []
