"""The development mailbox takes every mail and shows it to people and programs."""

import smtplib
import urllib.request
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from entrypoints.mailbox.letters import Letters
from entrypoints.stack.places import free_port
from entrypoints.stack.probes import Unhealthy, get
from entrypoints.stack.program import launch, wait_until
from entrypoints.stack.secrets import new_secrets
from entrypoints.stack.shop import octavo


@pytest.fixture(scope="module")
def mailbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, str]]:
    """Its SMTP port and the address of its pages."""
    home, smtp, url = tmp_path_factory.mktemp("mailbox"), free_port(), f"http://127.0.0.1:{free_port()}"
    values = {
        **new_secrets(),
        "OCTAVO_HOME": str(home),
        "OCTAVO_SMTP_PORT": str(smtp),
        "OCTAVO_MAIL_URL": url,
    }
    process = launch(octavo("mail", values), home / "mail.log")
    try:
        wait_until(lambda: _answers(url), process, 30)
        yield smtp, url
    finally:
        process.stop()


def _answers(url: str) -> bool:
    try:
        return bool(get(f"{url}/health"))
    except Unhealthy:
        return False


def _send(port: int, to: str, subject: str, text: str) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "shop@octavo.example", to, subject
    message.set_content(text)
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as connection:
        connection.send_message(message)


def test_a_mail_is_shown_to_programs_newest_first(mailbox: tuple[int, str]) -> None:
    port, url = mailbox
    _send(port, "ada@example.org", "Your order", "It is confirmed.")
    _send(port, "ada@example.org", "Your parcel", "Üben & <lesen>")
    _send(port, "bob@example.org", "Another's", "Not for Ada.")
    hers = get(f"{url}/messages?to=ada@example.org")["items"]
    assert [mail["subject"] for mail in hers] == ["Your parcel", "Your order"]
    assert hers[1]["text"].strip() == "It is confirmed."
    assert hers[0]["text"].strip() == "Üben & <lesen>"
    assert [mail["to"] for mail in get(f"{url}/messages")["items"]].count(["bob@example.org"]) == 1


def test_a_mail_cannot_bring_markup_into_the_page(mailbox: tuple[int, str]) -> None:
    port, url = mailbox
    _send(port, "eve@example.org", "<script>alert(1)</script>", "<img src=x onerror=alert(2)>")
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - our own page
        page = answer.read().decode()
    assert "<script>" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def test_mails_are_files_that_only_their_owner_reads(tmp_path: Path) -> None:
    Letters(tmp_path / "mail")
    assert (tmp_path / "mail").stat().st_mode & 0o077 == 0
