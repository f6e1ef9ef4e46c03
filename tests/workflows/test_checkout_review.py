"""What must not happen to money, books and readers' data when steps fail in awkward places."""

from typing import Any

import pytest
from temporalio.api.failure.v1 import Failure
from temporalio.converter import DataConverter
from temporalio.exceptions import ApplicationError
from temporalio.worker import ActivityInboundInterceptor

from application.notifications.ports import MailNotAccepted
from domain.orders.status import OrderStatus
from domain.payments.gateway import AuthorisationRequest, PaymentToken
from domain.payments.ledger import PaymentOperation, payment_key
from tests.builders import EMMA, usd
from tests.workflows.conftest import World
from workflows.shared.failures import DomainErrors

MAILBOX = "jane.fairfax@highbury.test"


class _Step(ActivityInboundInterceptor):
    """A step that dies of what a mail server said."""

    def __init__(self, *, foreseen: bool) -> None:
        self._foreseen = foreseen

    async def execute_activity(self, input: Any) -> Any:  # noqa: A002, ANN401 - Temporal's own signature
        trouble = OSError(f"450 <{MAILBOX}> greylisted")
        if self._foreseen:
            raise MailNotAccepted("The mail server did not take the mail.") from trouble
        raise trouble


@pytest.mark.parametrize("foreseen", [True, False])
async def test_what_a_mail_server_says_about_a_reader_stays_out_of_the_history(*, foreseen: bool) -> None:
    step = DomainErrors().intercept_activity(_Step(foreseen=foreseen))
    with pytest.raises(ApplicationError) as failed:
        await step.execute_activity(None)  # type: ignore[arg-type] # no input is looked at
    kept, converter = Failure(), DataConverter.default
    converter.failure_converter.to_failure(failed.value, converter.payload_converter, kept)
    assert MAILBOX not in str(kept)
    assert not failed.value.non_retryable


async def test_an_order_that_can_never_be_paid_for_ends_and_frees_the_books(world: World) -> None:
    made = await world.placed()
    key = payment_key(made.id, PaymentOperation.AUTHORISE)
    await world.gateway.authorise(AuthorisationRequest(key, made.id, usd(1), PaymentToken("tok_ok")))
    result = await (await world.start(made)).result()
    assert result.status == "declined"
    assert (await world.see(made)).status is OrderStatus.DECLINED
    assert world.work.inventory.stock[EMMA].held == 0
    assert [(m.kind, m.amount) for m in world.gateway.ledger] == [("authorise", usd(1)), ("void", usd(1))]
