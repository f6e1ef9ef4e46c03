"""Names of stores, all different, and of people who sell second-hand books."""

from typing import Final

_PLACES: Final = (
    *("harbour", "lantern", "meadow", "quayside", "thornfield", "juniper", "ferry", "orchard", "mill"),
    *("bellweather", "kingfisher", "larch", "cobble", "saltmarsh", "belfry", "hazel", "compass"),
    *("riverbank", "foxglove", "gable", "heron", "ivy", "tollgate", "willow", "summit"),
)
_KINDS: Final = ("books", "pages", "bookshop", "readers", "library-cart", "paper", "shelf", "reads")
MOST: Final = len(_PLACES) * len(_KINDS)
SELLERS: Final = (
    *("Attic Finds", "Blue Door Books", "Cassandra's Shelf", "Dog-Eared", "Elm Street Books", "Fine Copies"),
    *("Gently Read", "Hill & Daughter", "Inkwell Resale", "Jumble Books", "Kept Well", "Loft & Cellar"),
)


def name_of(number: int) -> str:
    """Of the store founded as the `number`-th, from 0."""
    place = number % len(_PLACES)
    kind = (number // len(_PLACES) + place) % len(_KINDS)
    return f"{_PLACES[place]}-{_KINDS[kind]}"


def title_of(name: str) -> str:
    """As it stands above the door."""
    return name.replace("-", " ").title()
