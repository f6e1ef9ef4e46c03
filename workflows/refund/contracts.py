"""What goes into a refund and what comes out."""

from dataclasses import dataclass


def workflow_id(refund_id: object) -> str:
    """One process a refund, for ever."""
    return f"refund-{refund_id}"


@dataclass(frozen=True)
class RefundInput:
    """The input: which refund of which order."""

    order_id: str
    refund_id: str


@dataclass(frozen=True)
class RefundResult:
    """`refusal` None: the money went back. Else why the provider refuses."""

    refusal: str | None
