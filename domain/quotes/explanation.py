"""Why a quote costs what it costs, in sentences a reader understands."""

from collections.abc import Iterator, Sequence

from domain.quotes.quote import QuoteLine, QuoteShipping


def explain(
    lines: Sequence[QuoteLine], shipping: QuoteShipping, coupon_code: str | None, tax_note: str
) -> tuple[str, ...]:
    """One sentence for everything that took or added money."""
    return (*_discounts(lines, coupon_code), *_taxes(lines, tax_note), *_carriage(shipping))


def _discounts(lines: Sequence[QuoteLine], coupon_code: str | None) -> Iterator[str]:
    for line in lines:
        if line.discount:
            yield f"{coupon_code} took {line.discount} off '{line.title}'."


def _taxes(lines: Sequence[QuoteLine], note: str) -> Iterator[str]:
    for line in lines:
        if line.tax:
            yield f"Tax of {_percent(line.tax_basis_points)} added {line.tax} to '{line.title}'."
    yield f"Tax follows the destination: {note}."


def _carriage(shipping: QuoteShipping) -> Iterator[str]:
    if not shipping.price:
        return
    tax = f", and its tax of {_percent(shipping.tax_basis_points)} {shipping.tax}" if shipping.tax else ""
    yield f"Shipping ({shipping.method}) costs {shipping.price}{tax}; discounts do not apply to it."


def _percent(basis_points: int) -> str:
    whole, part = divmod(basis_points, 100)
    return f"{whole} %" if part == 0 else f"{whole}.{part:02d}".rstrip("0") + " %"
