"""What every engine finds by meaning."""

from collections.abc import Sequence

from application.search.ports import SearchEngine
from application.search.query import Filters
from tests.contract.search.shelf import work
from tests.contract.search.worlds import World

LENGTH = 384
MEANT = Filters(category="meant")


def towards(**parts: float) -> Sequence[float]:
    """A vector in the directions `x`, `y` and `z`."""
    return [parts.get(axis, 0.0) for axis in "xyz"] + [0.0] * (LENGTH - 3)


async def embedded(world: World) -> SearchEngine:
    await world.holds(
        [
            work(300, "Far", categories=["meant"], vector=towards(y=1)),
            work(301, "Same", categories=["meant"], vector=towards(x=1)),
            work(302, "Near", categories=["meant", "meant-too"], vector=towards(x=0.8, y=0.6)),
            work(303, "Wordless", categories=["meant"]),
            work(304, "Elsewhere", categories=["other"], vector=towards(x=1)),
        ]
    )
    return world.engine


async def test_works_alike_in_meaning_come_best_first(world: World) -> None:
    engine = await embedded(world)
    hits = await engine.nearest(towards(x=1), MEANT, 2)
    assert [(hit.title, hit.ordinal, hit.value) for hit in hits] == [("Same", 301, 1000), ("Near", 302, 800)]


async def test_meaning_is_looked_for_among_what_the_filters_leave(world: World) -> None:
    engine = await embedded(world)
    assert [h.title for h in await engine.nearest(towards(y=1), Filters(category="meant-too"), 5)] == ["Near"]
    assert list(await engine.nearest(towards(x=1), Filters(category="nothing"), 5)) == []


async def test_a_work_without_a_vector_is_found_by_its_words_alone(world: World) -> None:
    engine = await embedded(world)
    assert "Wordless" not in [hit.title for hit in await engine.nearest(towards(x=1), MEANT, 50)]
