"""An answer says what it speaks of, so that no change of it is overlooked."""

from uuid import UUID

from application.search.results import HitBook, RatingSummary, SearchItem
from domain.shared.edition_format import Format
from domain.shared.ids import BookId, WorkId
from domain.shared.money import Money
from entrypoints.http.search.controller import spoken_of

WORK, PAPER, DIGITAL = UUID(int=1), UUID(int=2), UUID(int=3)


def test_a_search_speaks_of_its_works_and_of_every_edition_whose_price_it_shows() -> None:
    books = [
        HitBook(id=BookId(book), isbn="", format=Format.EBOOK, price=Money(1, "USD"), available=True)
        for book in (PAPER, DIGITAL)
    ]
    found = SearchItem(
        work_id=WorkId(WORK),
        title="Emma",
        authors=(),
        series=None,
        rating=RatingSummary(None, 0),
        cover=None,
        highlights={},
        books=books,
    )
    assert set(spoken_of([found])) == {f"work:{WORK}", f"book:{PAPER}", f"book:{DIGITAL}"}
