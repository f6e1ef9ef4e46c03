"""What a reader is told of a watch, by mail and at the server they named."""

import json
from datetime import datetime, timedelta

import pytest

from application.notifications.ports import Mail
from application.watches.letters import letter
from application.watches.tell_reader import CallWatcher, NoteTold, WriteToWatcher
from domain.shared.signatures import ForgedMessage, demand_signature
from domain.users.email import EmailAddress
from domain.users.password import PasswordHash
from domain.users.user import User
from domain.watches.notices import Notice, NoticeKind
from domain.watches.watch import Watch
from tests.builders import NOON, READER
from tests.fakes.work import InMemoryUnitOfWork, InMemoryWork
from tests.watching import buying, particulars, price, terms, usd, watch

URL, SECRET = "https://example.org/prices", "a secret of the reader"


class Noon:
    def now(self) -> datetime:
        return NOON


class Outside:
    """The `Mailer` and the `ReadersServers` port."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self.calls: list[tuple[str, bytes, str, str]] = []

    async def send(self, mail: Mail) -> bool:
        self.mails.append(mail)
        return True

    def require_allowed(self, url: str) -> None:
        """Any."""

    async def post(self, url: str, body: bytes, *, key: str, signature: str) -> bool:
        self.calls.append((url, body, key, signature))
        return True


async def one_with_news(webhook: str | None = URL) -> tuple[Watch, InMemoryUnitOfWork]:
    work = InMemoryWork()
    await work.users.add(
        User.register(READER, EmailAddress.parse("jane@example.org"), "Jane", PasswordHash("x"), NOON)
    )
    it = watch(terms())
    it.look(price(1_400), NOON)
    await work.watches.add(it, particulars(webhook))
    return it, InMemoryUnitOfWork(work)


async def test_a_call_carries_what_is_so_its_own_name_and_proof_of_who_sent_it() -> None:
    (it, unit_of_work), outside = await one_with_news(), Outside()
    call = CallWatcher(unit_of_work, outside, Noon())
    await call(it.id, 1)
    await call(it.id, 1)
    (url, body, key, signature), again = outside.calls
    assert (url, key) == (URL, f"{it.id}-notice-1")
    assert again == outside.calls[0]  # by its name the server knows that it has had it
    assert json.loads(body) == {
        "type": "watch.reached",
        "watch_id": str(it.id),
        "book_isbn": it.isbn.value,
        "number": 1,
        "price": {"amount": 1_400, "currency": "USD"},
        "status": "active",
        "bought": 0,
    }
    demand_signature(body, signature, [SECRET], NOON)
    for forged, secret, later in [
        (body + b" ", SECRET, NOON),
        (body, "another secret", NOON),
        (body, SECRET, NOON + timedelta(minutes=6)),
    ]:
        with pytest.raises(ForgedMessage):
            demand_signature(forged, signature, [secret], later)


async def test_what_was_told_is_not_told_again_and_nobody_is_called_who_named_no_server() -> None:
    (it, unit_of_work), outside = await one_with_news(webhook=None), Outside()
    await CallWatcher(unit_of_work, outside, Noon())(it.id, 1)
    await WriteToWatcher(unit_of_work, outside, Noon())(it.id, 1)
    for _ in range(2):
        await NoteTold(unit_of_work, Noon())(it.id, 1)
    await WriteToWatcher(unit_of_work, outside, Noon())(it.id, 1)
    assert outside.calls == []
    assert [(mail.to, mail.key) for mail in outside.mails] == [("jane@example.org", f"{it.id}-notice-1")]


async def test_of_a_copy_that_is_bought_its_purchase_writes_and_the_watch_only_calls() -> None:
    (it, unit_of_work), outside = await one_with_news(), Outside()
    it.notices = (Notice(2, NoticeKind.BOUGHT, usd(1_400)),)
    async with unit_of_work() as work:
        await work.watches.save(it)
    await WriteToWatcher(unit_of_work, outside, Noon())(it.id, 2)
    await CallWatcher(unit_of_work, outside, Noon())(it.id, 2)
    assert outside.mails == []
    assert [json.loads(body)["type"] for _, body, _, _ in outside.calls] == ["watch.bought"]


@pytest.mark.parametrize("kind", sorted(set(NoticeKind) - {NoticeKind.BOUGHT}))
def test_every_other_notice_has_a_letter_in_whole_sentences(kind: NoticeKind) -> None:
    it = watch(terms(buying(veto=timedelta(hours=1))))
    it.look(price(1_400), NOON)
    it.spent = usd(1_400)
    said = letter(it, Notice(1, kind, usd(1_400)), NOON)
    assert said is not None
    assert it.isbn.value in said.subject
    assert said.opening.endswith(".")
    assert "None" not in f"{said.opening} {said.rows} {said.closing}"
