"""Tell a reader what a watch has come to: by mail, and at the server they named."""

import json

from application.notifications.ports import Mail, Mailer
from application.shared.unit_of_work import UnitOfWork
from application.watches.letters import letter
from application.watches.ports import ReadersServers
from domain.shared.clock import Clock
from domain.shared.ids import WatchId
from domain.shared.signatures import sign
from domain.watches.notices import Notice
from domain.watches.watch import Watch


class WriteToWatcher:
    """A mail for each notice that no other letter tells, once. Its number is in the key, so that a mail sent
    twice is shown once.
    """

    def __init__(self, unit_of_work: UnitOfWork, mailer: Mailer, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._mailer = mailer
        self._clock = clock

    async def __call__(self, watch_id: WatchId, number: int) -> None:
        """What was told meanwhile, or is not true any more, is not told. Raises `MailNotAccepted`."""
        async with self._unit_of_work() as work:
            watch = await work.watches.get(watch_id)
            reader = await work.users.get(watch.user_id)
        notice = _still(watch, number)
        text = letter(watch, notice, self._clock.now()) if notice else None
        if text is not None:
            key = f"{watch_id}-notice-{number}"
            await self._mailer.send(Mail(key=key, to=reader.email.value, name=reader.name, letter=text))


class CallWatcher:
    """The server that a reader named gets each notice, signed with the secret they gave."""

    def __init__(self, unit_of_work: UnitOfWork, servers: ReadersServers, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._servers = servers
        self._clock = clock

    async def __call__(self, watch_id: WatchId, number: int) -> None:
        """Nothing where no server was named. Raises `WebhookNotAccepted`."""
        async with self._unit_of_work() as work:
            watch = await work.watches.get(watch_id)
            webhook = (await work.watches.particulars(watch_id)).webhook
        notice = _still(watch, number)
        if webhook is None or notice is None:
            return
        body = json.dumps(_message(watch, notice), separators=(",", ":")).encode()
        await self._servers.post(
            webhook.url,
            body,
            key=f"{watch_id}-notice-{number}",
            signature=sign(body, webhook.secret, self._clock.now()),
        )


class NoteTold:
    """A notice was told, or cannot be; the time for a veto runs from then on."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, watch_id: WatchId, number: int) -> None:
        """Twice is harmless."""
        async with self._unit_of_work() as work:
            watch = await work.watches.get(watch_id)
            watch.noticed(number, self._clock.now())
            await work.watches.save(watch)


def _still(watch: Watch, number: int) -> Notice | None:
    return next((notice for notice in watch.notices if notice.number == number), None)


def _message(watch: Watch, notice: Notice) -> dict[str, object]:
    price = notice.price
    return {
        "type": f"watch.{notice.kind}",
        "watch_id": str(watch.id),
        "book_isbn": watch.isbn.value,
        "number": notice.number,
        "price": {"amount": price.amount, "currency": price.currency} if price else None,
        "status": watch.status.value,
        "bought": watch.bought,
    }
