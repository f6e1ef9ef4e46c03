"""The mailbox in a browser (`/`) and for programs (`/messages`)."""

from html import escape
from importlib.metadata import version
from typing import Final

from aiohttp import web

from entrypoints.mailbox.letters import Letter, Letters

LETTERS: Final = web.AppKey("letters", Letters)

_PAGE: Final = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Octavo's mailbox</title>
<style>body{{font:16px/1.5 system-ui;max-width:50rem;margin:2rem auto;padding:0 1rem}}
pre{{white-space:pre-wrap;background:#f6f4ef;padding:1rem}} small{{color:#666}}</style>
<h1>Mailbox</h1><p>Mails the shop sent. Nothing leaves this machine.</p>{body}</html>"""


async def page(request: web.Request) -> web.Response:
    """Every mail, newest first, readable at a glance."""
    letters = "".join(map(_article, request.app[LETTERS].newest()))
    return web.Response(text=_PAGE.format(body=letters or "<p>No mail yet.</p>"), content_type="text/html")


async def messages(request: web.Request) -> web.Response:
    """GET /messages[?to=address]: the mails as JSON, newest first."""
    found = request.app[LETTERS].newest(request.query.get("to"))
    return web.json_response({"items": [letter.summary() for letter in found]})


async def message(request: web.Request) -> web.Response:
    """GET /messages/{id}: one mail as it was received."""
    letter = request.app[LETTERS].get(request.match_info["id"])
    if letter is None:
        raise web.HTTPNotFound(text="No such mail.")
    return web.Response(body=letter.message.as_bytes(), content_type="message/rfc822")


async def clear(request: web.Request) -> web.Response:
    """DELETE /messages: empty the mailbox."""
    request.app[LETTERS].clear()
    return web.Response(status=204)


async def health(_: web.Request) -> web.Response:
    """GET /health."""
    return web.json_response({"status": "ok", "name": "mail", "version": version("aiosmtpd")})


def create_app(letters: Letters) -> web.Application:
    """The pages over a folder of letters."""
    app = web.Application()
    app[LETTERS] = letters
    app.router.add_get("/", page)
    app.router.add_get("/messages", messages)
    app.router.add_get("/messages/{id}", message)
    app.router.add_delete("/messages", clear)
    app.router.add_get("/health", health)
    return app


def _article(letter: Letter) -> str:
    shown = letter.summary()
    to, subject, text = escape(", ".join(letter.to)), escape(str(shown["subject"])), escape(letter.text())
    head = f"<h2>{subject}</h2><small>to {to}, {shown['received_at']}</small>"
    return f"<article>{head}<pre>{text}</pre></article>"
