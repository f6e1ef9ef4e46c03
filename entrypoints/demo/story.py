"""The whole story, in order."""

import aiohttp

from entrypoints.demo.buying import be_declined, buy, buy_with_the_bank, change_her_mind, follow
from entrypoints.demo.entering import ask_the_price, browse, fill_guest_cart, sign_up
from entrypoints.demo.narrator import Narrator, NotAsTold
from entrypoints.demo.proving import compare_books, look_back, read_mails
from entrypoints.demo.visitor import Visitor
from entrypoints.settings import Settings

ONE_ANSWER = aiohttp.ClientTimeout(total=10)  # seconds; the slowest, a cancellation, asks two others first


async def tell_story(settings: Settings, tell: Narrator) -> None:
    """Raises `NotAsTold` at the first thing that is not so."""
    async with aiohttp.ClientSession(timeout=ONE_ANSWER, cookie_jar=aiohttp.DummyCookieJar()) as session:
        try:
            await _chapters(Visitor(session, settings), tell)
        except TimeoutError as silent:
            raise NotAsTold("The shop took too long to answer; `octavo doctor` may know why.") from silent
        except aiohttp.ClientError as lost:
            raise NotAsTold(f"A part of the shop stopped answering ({lost}); try `octavo doctor`.") from lost


async def _chapters(visitor: Visitor, tell: Narrator) -> None:
    paperback, ebook = await browse(visitor, tell)
    cart_token = await fill_guest_cart(visitor, tell, paperback)
    reader = await sign_up(visitor, tell, cart_token)
    quote = await ask_the_price(visitor, tell, reader)
    await be_declined(visitor, tell, reader, paperback)
    order = await buy(visitor, tell, reader, quote)
    await follow(visitor, tell, order)
    await buy_with_the_bank(visitor, tell, reader, ebook)
    await change_her_mind(visitor, tell, reader, paperback)
    await read_mails(visitor, tell, reader)
    await compare_books(visitor, tell, order)
    await look_back(visitor, tell, order)
