"""Which workflows a worker runs: the only list it reads."""

from typing import Final

from workflows.checkout.workflow import CheckoutWorkflow
from workflows.purchase.correction import PurchaseCorrectionWorkflow
from workflows.purchase.workflow import PurchaseWorkflow
from workflows.refresh.workflow import RefreshWorkflow
from workflows.refund.workflow import RefundWorkflow
from workflows.suspicion.workflow import SuspicionWorkflow
from workflows.watch.workflow import WatchWorkflow

WORKFLOWS: Final = [
    CheckoutWorkflow,
    RefundWorkflow,
    PurchaseWorkflow,
    PurchaseCorrectionWorkflow,
    SuspicionWorkflow,
    WatchWorkflow,
    RefreshWorkflow,
]
