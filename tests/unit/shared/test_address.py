"""An address is checked for its shape, and an error names the part as the caller wrote it."""

import pytest

from domain.shared.address import LONGEST_LINE, PostalAddress
from domain.shared.errors import InvalidInput

PARTS = {"name": "Zoë", "line1": "1 Main St", "city": "Köln", "postal_code": "12345", "country": "DE"}


def test_the_usual_parts_are_enough() -> None:
    address = PostalAddress(**PARTS)
    assert (address.line2, address.region) == (None, None)


@pytest.mark.parametrize("part", ["name", "line1", "city", "postal_code"])
@pytest.mark.parametrize("text", ["", "  ", "\t\n"])
def test_a_missing_part_is_named(part: str, text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        PostalAddress(**{**PARTS, part: text})
    assert refused.value.field == f"shipping_addr.{part}"


@pytest.mark.parametrize("part", ["name", "line1", "line2", "city", "region", "postal_code"])
def test_what_no_label_can_hold_is_named(part: str) -> None:
    PostalAddress(**{**PARTS, part: "x" * LONGEST_LINE})
    with pytest.raises(InvalidInput) as refused:
        PostalAddress(**{**PARTS, part: "x" * (LONGEST_LINE + 1)})
    assert refused.value.field == f"shipping_addr.{part}"


@pytest.mark.parametrize("country", ["", "D", "DEU", "de", "D1", "\uff24\uff25", "DE\n", "Germany"])
def test_a_country_is_two_capital_letters(country: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        PostalAddress(**{**PARTS, "country": country})
    assert refused.value.field == "shipping_addr.country"


def test_an_error_does_not_repeat_the_address() -> None:
    with pytest.raises(InvalidInput) as refused:
        PostalAddress(**{**PARTS, "line1": "Secret Street " * 20})
    assert "Secret" not in str(refused.value.message) + str(refused.value.details)
