"""What readers say about works, what others think of that, and what staff decides."""

from collections.abc import Mapping
from typing import Any

from tests.bdd.reading import listed
from tests.bdd.story import Story
from tests.bdd.words import given, then, when


@when('{who:w} gives "{title}" {stars:d} stars')
@when('{who:w} gives "{title}" {stars:d} star')
@given('{who:w} has given "{title}" {stars:d} stars')
async def _(story: Story, who: str, title: str, stars: int) -> None:
    await (await story.person(who)).review(story.book(title), {"rating": stars})


@when('{who:w} gives "{title}" {stars:d} stars and writes "{text}"')
@given('{who:w} has given "{title}" {stars:d} stars and written "{text}"')
@given('{who:w} has given "{title}" {stars:d} star and written "{text}"')
async def _(story: Story, who: str, title: str, stars: int, text: str) -> None:
    await (await story.person(who)).review(story.book(title), {"rating": stars, "text": text})


@given('{many:d} readers have given "{title}" {stars:d} stars')
async def _(story: Story, many: int, title: str, stars: int) -> None:
    for number in range(many):
        await (await story.person(f"Reader{number}")).review(story.book(title), {"rating": stars})


@when('{who:w} changes her review of "{title}" to {stars:d} stars and "{text}"')
async def _(story: Story, who: str, title: str, stars: int, text: str) -> None:
    await _revise(story, who, who, title, {"rating": stars, "text": text})


@when('{who:w} changes {other:w}\'s review of "{title}" to {stars:d} star')
async def _(story: Story, who: str, other: str, title: str, stars: int) -> None:
    await _revise(story, who, other, title, {"rating": stars})


@when('{who:w} takes her review of "{title}" back')
async def _(story: Story, who: str, title: str) -> None:
    review = await _review(story, who, title)
    await (await story.person(who)).withdraw_review(story.book(title), review["review_id"])


# -- what is seen ------------------------------------------------------------------------------------


@then('readers see {many:d} reviews of "{title}"')
@then('readers see {many:d} review of "{title}"')
async def _(story: Story, many: int, title: str) -> None:
    assert len(await (await story.guest()).reviews(story.book(title))) == many


@then('"{title}" has {average:S} stars from {many:d} readers')
@then('"{title}" has {average:S} stars from {many:d} reader')
async def _(story: Story, title: str, average: str, many: int) -> None:
    rating = await _rating(story, title)
    assert (f"{rating['average']:.2f}", rating["count"]) == (average, many)


@then('"{title}" has no stars')
async def _(story: Story, title: str) -> None:
    rating = await _rating(story, title)
    assert (rating["average"], rating["count"]) == (None, 0)


@then('{who:w}\'s review of "{title}" is marked as a purchase')
async def _(story: Story, who: str, title: str) -> None:
    await _marked(story, who, title, marked=True)


@then('{who:w}\'s review of "{title}" is not marked')
async def _(story: Story, who: str, title: str) -> None:
    await _marked(story, who, title, marked=False)


@then('the most helpful review of "{title}" is {who:w}\'s, which helped {many:d} reader')
async def _(story: Story, title: str, who: str, many: int) -> None:
    first = (await (await story.guest()).reviews(story.book(title), "helpful"))[0]
    assert first["review_id"] == (await _review(story, who, title))["review_id"]
    assert first["helpful"] == many


@then('{who:w} is told that her review of "{title}" waits because of: {reasons}', reasons=listed)
async def _(story: Story, who: str, title: str, reasons: list[str]) -> None:
    review = await _review(story, who, title)
    assert (review["state"], review["reasons"]) == ("held", reasons)


@then('{who:w} is told that her review of "{title}" was rejected because of: {reasons}', reasons=listed)
async def _(story: Story, who: str, title: str, reasons: list[str]) -> None:
    review = await _review(story, who, title)
    assert (review["state"], review["reasons"]) == ("rejected", reasons)


@when("a visitor browses for books with {stars:d} stars or more")
async def _(story: Story, stars: int) -> None:
    found = await (await story.guest()).browse(rating_min=stars)
    story.last = story.mine(list(found))


# -- other readers, and staff ------------------------------------------------------------------------


@when('{who:w} finds {other:w}\'s review of "{title}" helpful')
async def _(story: Story, who: str, other: str, title: str) -> None:
    review = await _review(story, other, title)
    await (await story.person(who)).find_helpful(story.book(title), review["review_id"])


@when('{readers} report {other:w}\'s review of "{title}" as {reason:w}')
async def _(story: Story, readers: str, other: str, title: str, reason: str) -> None:
    review = await _review(story, other, title)
    for who in listed(readers.replace(" and ", ", ")):
        await (await story.person(who)).report_review(story.book(title), review["review_id"], reason)


@when('staff rejects {other:w}\'s review of "{title}" as {reason:w}')
async def _(story: Story, other: str, title: str, reason: str) -> None:
    review = await _review(story, other, title)
    await (await story.staff()).decide_review(review["review_id"], review["version"], reason)


@when('{who:w} wants to reject {other:w}\'s review of "{title}" as {reason:w}')
async def _(story: Story, who: str, other: str, title: str, reason: str) -> None:
    review = await _review(story, other, title)
    await (await story.person(who)).decide_review(review["review_id"], review["version"], reason)


@when('staff lets {other:w}\'s review of "{title}" stand')
async def _(story: Story, other: str, title: str) -> None:
    review = await _review(story, other, title)
    await (await story.staff()).decide_review(review["review_id"], review["version"], None)


@then('staff sees that {many:d} readers find {other:w}\'s review of "{title}" {reason:w}')
async def _(story: Story, many: int, other: str, title: str, reason: str) -> None:
    review = await _review(story, other, title)
    waiting = await (await story.staff()).held_reviews()
    assert [r["reports"] for r in waiting if r["review_id"] == review["review_id"]] == [{reason: many}]


@then('staff can read what {other:w}\'s review of "{title}" said before')
async def _(story: Story, other: str, title: str) -> None:
    review = await _review(story, other, title)
    said = await (await story.staff()).review_history(review["review_id"])
    assert [line["rating"] for line in said] == [2, 4]


# -- how ---------------------------------------------------------------------------------------------


async def _review(story: Story, who: str, title: str) -> Mapping[str, Any]:
    return await (await story.person(who)).own_review(story.book(title))


async def _rating(story: Story, title: str) -> Mapping[str, Any]:
    page = await (await story.guest()).look_at(story.book(title))
    rating: Mapping[str, Any] = page["rating"]
    return rating


async def _revise(story: Story, who: str, other: str, title: str, words: dict[str, object]) -> None:
    review = await _review(story, other, title)
    await (await story.person(who)).revise_review(story.book(title), review["review_id"], words)


async def _marked(story: Story, who: str, title: str, *, marked: bool) -> None:
    review = await story.eventually(
        lambda: _review(story, who, title), lambda review: review["verified_purchase"] == marked
    )
    assert review["verified_purchase"] == marked
