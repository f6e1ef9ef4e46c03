"""Which of the shipped shelves fit the subjects that libraries and booksellers give a book."""

from collections.abc import Iterable
from typing import Final

from domain.books.text import matching_key

MOST_SHELVES: Final = 3
# Words as they stand in BISAC, Library of Congress and readers' own headings; the first that fits counts, so
# the narrower ones stand in front. Keys are those of `matching_key`.
_HEADINGS: Final = (
    ("science-fiction", "science-fiction"),
    ("fairy-tales", "fairy-tales"),
    ("folklore", "legends"),
    ("detective", "detective-stories"),
    ("spy-stories", "spy-stories"),
    ("espionage", "spy-stories"),
    ("mystery", "mystery"),
    ("ghost-stories", "ghost-stories"),
    ("gothic", "gothic"),
    ("horror", "horror"),
    ("occult", "horror"),
    ("utopias", "utopias"),
    ("dystopias", "utopias"),
    ("dystopian", "utopias"),
    ("lost-worlds", "lost-worlds"),
    ("fantasy", "fantasy"),
    ("fantasy-fiction", "fantasy"),
    ("sea-stories", "sea-stories"),
    ("western-stories", "westerns"),
    ("westerns", "westerns"),
    ("adventure", "adventure"),
    ("action-adventure", "adventure"),
    ("crime", "crime"),
    ("love-stories", "romance"),
    ("romance", "romance"),
    ("historical-fiction", "historical-fiction"),
    ("fiction-historical", "historical-fiction"),
    ("war-stories", "war-fiction"),
    ("war-fiction", "war-fiction"),
    ("bildungsromans", "coming-of-age"),
    ("coming-of-age", "coming-of-age"),
    ("short-stories", "short-stories"),
    ("humorous", "humour"),
    ("humor", "humour"),
    ("humour", "humour"),
    ("satire", "humour"),
    ("psychological-fiction", "psychological-fiction"),
    ("social-life-and-customs", "social-novels"),
    ("epic-poetry", "epic-poetry"),
    ("narrative-poetry", "narrative-poetry"),
    ("poetry", "poetry"),
    ("tragedies", "tragedy"),
    ("tragedy", "tragedy"),
    ("comedies", "comedy"),
    ("drama", "drama"),
    ("plays", "drama"),
    ("animals-fiction", "animal-stories"),
    ("juvenile", "children"),
    ("children-s", "children"),
    ("autobiography", "autobiography"),
    ("memoirs", "autobiography"),
    ("biography", "biography"),
    ("diaries", "diaries-and-letters"),
    ("correspondence", "diaries-and-letters"),
    ("slave-narratives", "slave-narratives"),
    ("ancient-philosophy", "ancient-philosophy"),
    ("philosophy-ancient", "ancient-philosophy"),
    ("ethics", "ethics"),
    ("metaphysics", "metaphysics"),
    ("political-philosophy", "political-philosophy"),
    ("philosophy", "philosophy"),
    ("mythology", "mythology"),
    ("legends", "legends"),
    ("bible", "scripture"),
    ("religion", "religion"),
    ("history-ancient", "ancient-history"),
    ("ancient-history", "ancient-history"),
    ("military", "military-history"),
    ("natural-history", "natural-history"),
    ("physics", "physics-and-mathematics"),
    ("mathematics", "physics-and-mathematics"),
    ("psychology", "psychology"),
    ("economics", "economics"),
    ("political-science", "politics"),
    ("politics", "politics"),
    ("women-s-rights", "womens-rights"),
    ("feminism", "womens-rights"),
    ("travel", "travel-writing"),
    ("nature", "nature-writing"),
    ("essays", "essays"),
    ("science", "science"),
    ("history", "history"),
    ("fiction", "fiction"),
)

_PLACES: Final = {heading: place for place, (heading, _) in enumerate(_HEADINGS)}
_LONGEST: Final = max(heading.count("-") + 1 for heading in _PLACES)  # words of a heading


def shelves_for(subjects: Iterable[str]) -> tuple[str, ...]:
    """Slugs, the most fitting first: each subject leads to one shelf at most. Those that only say "fiction"
    are passed over where another says more.
    """
    found = dict.fromkeys(slug for subject in subjects if (slug := _shelf(subject)))
    narrow = [slug for slug in found if slug != "fiction"] or list(found)
    return tuple(narrow[:MOST_SHELVES])


def _shelf(subject: str) -> str | None:
    words = matching_key(subject).split("-")
    phrases = (
        "-".join(words[begin:end])
        for begin in range(len(words))
        for end in range(begin + 1, min(begin + _LONGEST, len(words)) + 1)
    )
    places = [_PLACES[phrase] for phrase in phrases if phrase in _PLACES]
    return _HEADINGS[min(places)][1] if places else None
