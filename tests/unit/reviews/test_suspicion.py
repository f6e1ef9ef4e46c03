"""Staff looks at what looks like spam, and at nothing that readers usually write."""

import pytest

from domain.reviews.suspicion import Circumstances, suspicions
from domain.reviews.words import LONGEST_TEXT, Words

NOTHING = Circumstances()


def found(text: str, **other: str) -> list[str]:
    return [suspicion.value for suspicion in suspicions(Words(text=text, **other), NOTHING)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "READ IT!",
        "I loved it. So very, very good!!",
        "Sooo good... and then the ending?!",
        "Published 1815-1816, 474 pages, 3 volumes; see 978-0-14-143951-8 for the notes.",
        "A great read.Loved every page.The end is sad.",
        "NASA and the CIA are in it, and so is J. R. R. Tolkien.",
        "本当に素晴らしい本でした。最後まで一気に読みました。",
        "Chapter 12 @ the mill: 10/10, 5* and 100% recommended.",
        "It made me laugh, it made me cry, it made me write to everybody I know about it.",
        "The number of the beast is 666, the answer is 42, and the year is 1984.",
    ],
)
def test_what_readers_write_is_published(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "suspicion"),
    [
        ("See https://example.test/x", "links"),
        ("Cheaper at cheap-books.com", "links"),
        ("Cheaper at cheap\uff0e\uff43\uff4f\uff4d", "links"),
        ("Cheaper at cheap[.]shop or cheap dot com", "links"),
        ("Cheaper at ch\u200deap.com", "links"),
        ('<a href="x">here</a>', "links"),
        ("Write to me: jane@example.org", "contact_details"),
        ("Call +1 (555) 010-9999", "contact_details"),
        ("WhatsApp 0049 151 2345678", "contact_details"),
        ("THIS IS THE BEST BOOK EVER WRITTEN", "shouting"),
        ("Buy it!!!!!", "shouting"),
        ("Goooooooood", "repetition"),
        ("buy " * 12, "repetition"),
    ],
)
def test_what_looks_like_spam_is_seen_by_a_person_first(text: str, suspicion: str) -> None:
    assert suspicion in found(text) or suspicion in found("", title=text)


def test_a_name_is_looked_at_as_well() -> None:
    assert found("Nice.", display_name="Cheap-Books.com") == ["links"]


def test_circumstances_count_beside_the_words() -> None:
    around = Circumstances(seen_elsewhere=True, in_a_hurry=True, rejected_before=True)
    assert [s.value for s in suspicions(Words(text="See www.x.test"), around)] == [
        "links",
        "repeated_text",
        "many_at_once",
        "rejected_before",
    ]


@pytest.mark.parametrize("piece", ["a-", "a.", "1 ", "x@", "wWw", "((", " dot ", "\u0301", "a"])
def test_no_text_takes_long_to_look_at(piece: str) -> None:
    """A pattern that goes back over its steps would hang here."""
    assert isinstance(found(piece * (LONGEST_TEXT // len(piece))), list)
