"""Paths lead where they say, and a wrong one is told from one that finds nothing."""

import pytest

from adapters.stores.answers.spot import BadPath, text_of
from adapters.stores.answers.wire_format import WIRE_FORMATS

JSON = b"""{"items": [
 {"id": 1, "isbn": [{"type": "X", "n": "a"}, {"type": "Y", "n": "b"}], "p": {"m": 2.50}},
 {"id": null, "alone": {"n": "c"}, "flag": true}], "cur": "EUR", "a.b": 1}"""
XML = b"""<r xmlns="urn:x" cur="EUR"><i id="1"><n>a</n><n t="x">b</n><p>2.50</p></i>
<i id="2"><n> c <b>d</b></n></i></r>"""
HTML = b"""<main><div id="top"><div class="o x" data-id="1"><p class="n">a<p class="n">b</div></div>
<div class="o" data-id="2"><span class="n">c <b>d</b></span><img alt="e" src=f></div>
<div class="other n">z</div></main>"""


@pytest.mark.parametrize(
    ("wire", "path", "found"),
    [
        ("json", "items[].isbn[type=Y].n", ["b"]),
        ("json", "items[0].isbn[].n", ["a", "b"]),
        ("json", "items[1].alone[].n", ["c"]),  # one thing where others send a list
        ("json", "items[1].alone[0].n", ["c"]),
        ("json", "items[].id", ["1"]),  # null is nothing
        ("json", "items[1].flag", ["true"]),
        ("json", "items[].p.m", ["2.50"]),
        ("json", "items[].p.^.id", ["1"]),
        ("json", "items[].isbn[].^.p.m", ["2.50", "2.50"]),
        ("json", "$.cur", ["EUR"]),
        ("json", "nowhere[].x", []),
        ("json", "cur.x", []),
        ("json", "cur[]", ["EUR"]),
        ("xml", "r/i/n", ["a", "b", "c d"]),
        ("xml", "r/i[2]/n", ["c d"]),
        ("xml", "r/i[@id=1]/n[@t=x]", ["b"]),
        ("xml", "r/i[n=a]/p", ["2.50"]),
        ("xml", "r/*/@id", ["1", "2"]),
        ("xml", "r/i/p/../@id", ["1"]),
        ("xml", "r/i/p/../../@cur", ["EUR"]),
        ("xml", "r/x", []),
        ("xml", "r/i[3]", []),
        ("html", "div.o .n", ["a", "b", "c d"]),
        ("html", "main div div.o.x > p.n", ["a", "b"]),
        ("html", "div.o[data-id=2] > span", ["c d"]),
        ("html", 'div.o[data-id="1"] @data-id', ["1"]),
        ("html", "div.o @data-id", ["1", "2"]),
        ("html", "#top [class=n]", ["a", "b"]),
        ("html", "div.o > b", []),
        ("html", "img[src] @alt", ["e"]),
        ("html", "* p", ["a", "b"]),
    ],
)
def test_a_path_finds_what_it_names(wire: str, path: str, found: list[str]) -> None:
    body = {"json": JSON, "xml": XML, "html": HTML}[wire]
    answer = WIRE_FORMATS[wire].read(body, None)
    assert [text_of(spot.value) for spot in WIRE_FORMATS[wire].path(path)(answer)] == found


@pytest.mark.parametrize(
    ("wire", "path"),
    [
        ("json", ""),
        ("json", "a..b"),
        ("json", "a[b"),
        ("json", "a[b]"),
        ("json", "a[=x]"),
        ("json", "a]b"),
        ("xml", ""),
        ("xml", "a//b"),
        ("xml", "a/[1]"),
        ("xml", "a[0]"),
        ("xml", "a[b]"),
        ("xml", "a b"),
        ("xml", "/"),
        ("html", ""),
        ("html", "/"),
        ("html", "div >"),
        ("html", "div:first"),
        ("html", "@id div"),
        ("html", "div[x"),
        ("html", "div..x"),
        ("html", "> > a"),
    ],
)
def test_what_is_no_path_is_refused_when_it_is_written(wire: str, path: str) -> None:
    with pytest.raises(BadPath):
        WIRE_FORMATS[wire].path(path)
