"""What came of it: refusals, orders, money, letters, and the order's own story."""

from collections.abc import Sequence

from tests.bdd.reading import amount, books_named, cents
from tests.bdd.story import Story
from tests.bdd.words import given, then

REASONS = {
    "the address has an account already": "email_taken",
    "the password is too easy to guess": "invalid_input",
    "address and password do not belong together": "wrong_credentials",
    "too many attempts, wait a while": "too_many_attempts",
    "only staff may do this": "not_allowed",
    "only admins may do this": "not_allowed",
    "the ISBN is not right": "invalid_input",
    "the ISBN is taken": "duplicate_isbn",
    "somebody else changed it in the meantime": "stale_version",
    "there is no such book": "book_not_found",
    "nobody answers just now": "book_sources_unavailable",
    "a cart holds 1 to 99 copies of a book": "invalid_input",
    "the cart is empty": "cart_is_empty",
    "a book in the cart is no longer sold": "no_longer_sold",
    "not enough copies are left": "out_of_stock",
    "the shop does not send books there": "invalid_input",
    "the coupon does not apply": "coupon_not_valid",
    "she has used the coupon already": "coupon_used_up",
    "every use of the coupon is taken": "coupon_exhausted",
    "the cart has changed since the quote": "cart_changed_since_quote",
    "the quote has expired": "quote_expired",
    "this click stands for another order": "idempotency_key_reused",
    "the card was declined": "payment_declined",
    "it is too late to cancel": "too_late_to_cancel",
    "there is no such order": "order_not_found",
    "more than was paid and not yet given back": "refund_too_large",
    "no money of this order has been taken": "nothing_to_refund",
    "she has reviewed this work already": "already_reviewed",
    "it is somebody else's review": "not_your_review",
    "it is her own review": "own_review",
    "something of hers is under way": "business_unfinished",
    "hand the club over first": "owner_stays",
    "only hosts may do this": "not_a_host",
    "this is for members": "not_a_member",
    "there is no such club": "club_not_found",
    "there is no such meeting": "meeting_not_found",
    "there is no such time": "invalid_input",
    "the meeting is over": "meeting_is_over",
    "the meeting has not begun": "meeting_not_begun",
    "her edition has no more": "invalid_input",
    "she must say how much it gives away": "position_not_told",
    "the thread is closed": "thread_closed",
    "the vote is over": "vote_is_over",
    "the club buy is over": "club_buy_is_over",
    "she takes part already": "already_in_club_buy",
    "nobody has asked this": "friend_request_not_found",
    "she was declined lately": "declined_lately",
    "nobody can be found by this": "reader_not_found",
    "he blocks her himself": "blocked_by_you",
    "this is no code": "invalid_input",
    "she has a bet on this already": "already_bet",
    "that is more than she may stake": "stake_too_high",
    "somebody else has to do this": "conflict_of_interest",
    "nobody like that is running": "not_running",
    "bets are locked": "betting_locked",
    "nothing is about to be bought": "nothing_to_veto",
    "the watch has ended": "watch_has_ended",
    "there is no such watch": "watch_not_found",
}


@then("this is refused: {reason}")
async def _(story: Story, reason: str) -> None:
    refused = story.take_refusal()
    assert refused.code == REASONS[reason], str(refused)
    story.last = refused.message


@then('{who:w} reads "{words}"')
async def _(story: Story, who: str, words: str) -> None:
    assert words in story.last


@then("{many:d} reader gets the books")
@then("{many:d} readers get the books")
async def _(story: Story, many: int) -> None:
    assert story.last["served"] == many, story.last


@then("{many:d} readers are told: {reason}")
async def _(story: Story, many: int, reason: str) -> None:
    assert story.last[REASONS[reason]] == many, story.last


@given("{who:w}'s order is {status:w}")
@then("{who:w}'s order is {status:w}")
async def _(story: Story, who: str, status: str) -> None:
    order = await story.eventually(lambda: story.see(who), lambda order: order["status"] == status)
    assert order["status"] == status, order


@then("{who:w} has {number:d} order")
@then("{who:w} has {number:d} orders")
async def _(story: Story, who: str, number: int) -> None:
    assert len(await (await story.person(who)).orders()) == number


@then("the order shows {books} and {price:S} in all", books=books_named, price=cents)
async def _(story: Story, books: list[tuple[int, str]], price: int) -> None:
    assert [(line["quantity"], line["title"]) for line in story.last["lines"]] == books
    assert amount(story.last["total"]) == price


@then("{who:w} pays what was quoted")
async def _(story: Story, who: str) -> None:
    assert (await story.see(who))["total"] == story.last["total"]


@then("{who:w}'s order needs a person")
async def _(story: Story, who: str) -> None:
    order = await story.eventually(lambda: story.see(who), lambda order: order["needs_attention"])
    assert order["needs_attention"]


@then("it needs no person any more")
async def _(story: Story) -> None:
    assert (await story.see())["needs_attention"] is None


@then("its story tells, in this order:")
async def _(story: Story, datatable: Sequence[Sequence[str]]) -> None:
    wanted = [words for (words,) in datatable]

    async def sentences() -> list[str]:
        return [sentence["text"] for sentence in (await story.see())["timeline"]]

    told = await story.eventually(sentences, lambda told: _in_order(wanted, told))
    assert _in_order(wanted, told), told


@then("{who:w} has got these letters:")
async def _(story: Story, who: str, datatable: Sequence[Sequence[str]]) -> None:
    wanted = [words for (words,) in datatable]

    async def subjects() -> list[str]:
        return [subject.partition(" (")[0] for subject in await story.shop.letters(story.email(who))]

    letters = await story.eventually(subjects, lambda got: got == wanted)
    assert letters == wanted


# -- money -------------------------------------------------------------------------------------------


@then("{money:S} are reserved on her card, and nothing is taken", money=cents)
async def _(story: Story, money: int) -> None:
    await _moved(story, authorise=money, capture=0, void=0)


@then("{money:S} are taken from her card", money=cents)
async def _(story: Story, money: int) -> None:
    await _moved(story, authorise=money, capture=money)


@then("nothing is reserved or taken")
async def _(story: Story) -> None:
    await _moved(story, authorise=0, capture=0)


@then("no money stays reserved or taken")
async def _(story: Story) -> None:
    moved = await story.eventually(story.money, _free)
    assert _free(moved), moved


async def _moved(story: Story, **wanted: int) -> None:
    moved = await story.eventually(story.money, lambda moved: wanted.items() <= moved.items())
    assert wanted.items() <= moved.items(), moved


def _free(moved: dict[str, int]) -> bool:
    return moved["authorise"] == moved["void"] + moved["refund"]


def _in_order(wanted: list[str], told: list[str]) -> bool:
    rest = iter(told)
    return all(any(words in sentence for sentence in rest) for words in wanted)
