"""What is asked of Typesense for a page of works."""

from typing import Final

from adapters.typesense.answers import FIELD_OF, HIGHLIGHTED
from adapters.typesense.filters import ORDER, condition
from adapters.typesense.reading import Reading
from application.search.query import SearchSort, Wanted

Search = dict[str, object]

MOST_VALUES: Final = 1_000  # of a facet: every category, and every year since Gilgamesh
_SHOWN: Final = ("id", "ordinal", "title", "authors", "series")
_OF_WORDS: Final = "_text_match:desc,sold:desc"
_POPULARITY: Final = "sold:desc,rating_count:desc,ordinal:desc"


def search_for(wanted: Wanted, reading: Reading, collection: str) -> Search:
    """The words, the conditions and the order; pages and counts are added to it."""
    return {
        "collection": collection,
        "filter_by": condition(wanted),
        "sort_by": _order(wanted),
        "include_fields": ",".join((*_SHOWN, value_of(wanted))),
        # Who is still typing began where the title begins: it is offered a letter sooner. Who searches wants
        # what others read, wherever in it the word stands.
        "prioritize_token_position": not wanted.counted,
        # Nobody types a description: what is offered to go on with is a name.
        **reading.parameters(wanted.needed, wanted.scope, names_only=not wanted.counted),
        **HIGHLIGHTED,
    }


def counts_for(wanted: Wanted) -> Search:
    """The counts besides."""
    if not wanted.facets:
        return {}
    fields = ",".join(FIELD_OF[facet] for facet in wanted.facets)
    return {"facet_by": fields, "max_facet_values": MOST_VALUES}


def value_of(wanted: Wanted) -> str:
    """The field by whose value works are ordered; the popular ones come first where nothing is asked for."""
    return "sold" if wanted.sort is SearchSort.RELEVANCE else ORDER[wanted.sort][0]


def _order(wanted: Wanted) -> str:
    if wanted.sort is SearchSort.RELEVANCE:
        if wanted.needed is not wanted.text:
            return f"_eval(title_words:=`{wanted.text}`):desc,{_OF_WORDS}"
        return f"{_OF_WORDS},rating_count:desc" if wanted.text else _POPULARITY
    field, rises = ORDER[wanted.sort]
    way = "asc" if rises else "desc"
    return f"{field}:{way},ordinal:{way}"
