"""What others write in a field is read as far as it goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.external_books import cleaning
from domain.shared.isbn import Isbn


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2003", "2003"),
        ("2003-05", "2003-05"),
        ("2003-05-06", "2003-05-06"),
        ("2003-05-06T00:00:00.000Z", "2003-05-06"),
        ("2003-06-31", "2003-06"),
        ("2003-13-01", None),
        ("October 1, 1991", "1991-10-01"),
        ("Jun 04, 2008", "2008-06-04"),
        ("1st May 1999", "1999-05-01"),
        ("Sept. 1987", "1987-09"),
        ("c1998", "1998"),
        ("[1905?]", "1905"),
        ("1998, 2001", None),
        ("19??", None),
        ("9999", None),
        ("0000-00-00", None),
        ("once upon a time", None),
        (1999, None),
        (None, None),
    ],
)
def test_dates_are_as_exact_as_they_are_told(written: object, read: str | None) -> None:
    assert cleaning.published(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p>Two <b>bold</b> lines.<br/>And &amp; another.</p>", "Two bold lines.\nAnd & another."),
        ("a < b and c > d", "a < b and c > d"),
        ("<script>alert(1)</script>", "alert(1)"),
        ("  \n ", None),
        ("bell \x07", None),
        ({"value": "no"}, None),
    ],
)
def test_markup_is_taken_out_of_prose(written: object, read: str | None) -> None:
    assert cleaning.prose(written) == read


def test_endless_prose_is_cut_at_a_word() -> None:
    cut = cleaning.prose("word " * 10, longest=23)
    assert cut == "word word word word…"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("eng", "en"),
        ("fre", "fr"),
        ("pt-BR", "pt-BR"),
        ("und", None),
        ("un", None),
        ("English!", None),
        (7, None),
    ],
)
def test_languages_become_tags(written: object, read: str | None) -> None:
    assert cleaning.language(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("http://books.google.com/x?id=1&edge=curl", "https://books.google.com/x?id=1&edge=curl"),
        ("https://covers.openlibrary.org/b/id/1-L.jpg", "https://covers.openlibrary.org/b/id/1-L.jpg"),
        ("javascript:alert(1)", None),
        ("https://user@evil.example/x", None),
        ("https://a.example/with space", None),
        ("//cdn.example/x.png", None),
        ("https://" + "a" * 600, None),
        ("https://[bad/x", None),
        (None, None),
    ],
)
def test_pictures_are_safe_addresses(written: object, read: str | None) -> None:
    assert cleaning.picture(written) == read


def test_titles_lose_the_punctuation_of_catalogue_cards() -> None:
    assert cleaning.title(" Emma  : ") == "Emma"
    assert cleaning.title("/") is None


def test_only_right_isbns_are_read_each_once() -> None:
    written = ["0141439513", 9780141439518, "978-0-14-143951-8", "9780141439519", None, "B00X"]
    assert cleaning.isbns(written) == [Isbn("9780141439518")]


def test_pages_and_names_that_are_none_are_left_out() -> None:
    assert [cleaning.pages(n) for n in (474, 0, -3, True, "474", 10**9)] == [
        474,
        None,
        None,
        None,
        None,
        None,
    ]
    assert cleaning.names(["Ann  Lee", "", None, "Ann Lee", {"name": "x"}, "x" * 999]) == ("Ann Lee",)
    assert cleaning.names("Ann Lee") == ()


plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
anything = plain | st.lists(plain, max_size=3) | st.dictionaries(st.text(max_size=3), plain, max_size=3)


@given(anything)
def test_whatever_is_written_is_read_or_left_out(value: object) -> None:
    for read in (
        cleaning.title,
        cleaning.names,
        cleaning.subjects,
        cleaning.prose,
        cleaning.published,
        cleaning.language,
        cleaning.pages,
        cleaning.picture,
    ):
        read(value)
    cleaning.isbns([value])
