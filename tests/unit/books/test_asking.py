"""What visitors may ask of the catalogue, and the version staff changes."""

import pytest

from application.books.catalogue import BookQuery
from domain.books.errors import VersionNotNamed
from domain.shared.errors import InvalidInput, StaleVersion
from entrypoints.http.books.versions import seen_version


def test_the_version_a_change_was_made_on_is_read_from_its_tag() -> None:
    assert seen_version('"7-0a1b2c3d"', needed=True) == 7
    assert seen_version("*", needed=True) is None
    assert seen_version(None, needed=False) is None
    with pytest.raises(VersionNotNamed):
        seen_version(None, needed=True)
    with pytest.raises(StaleVersion):
        seen_version('W/"7"', needed=True)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"limit": 0}, "limit"),
        ({"price_max": -1}, "price_max"),
        ({"price_min": 2, "price_max": 1}, "price_min"),
    ],
)
def test_a_list_nobody_could_mean_is_refused(asked: dict[str, int], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        BookQuery(**asked)  # type: ignore[arg-type] # only numbers here
    assert refusal.value.field == field
