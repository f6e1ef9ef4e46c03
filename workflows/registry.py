"""Which workflows a worker runs: the only list it reads."""

from typing import Final

from workflows.checkout.workflow import CheckoutWorkflow
from workflows.purchase.workflow import PurchaseWorkflow
from workflows.refund.workflow import RefundWorkflow
from workflows.watch.workflow import WatchWorkflow

WORKFLOWS: Final = [CheckoutWorkflow, RefundWorkflow, PurchaseWorkflow, WatchWorkflow]
