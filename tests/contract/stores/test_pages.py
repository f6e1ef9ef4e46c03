"""Pages are read as a browser reads them, whatever state they are in, and none can keep us busy."""

import pytest

from adapters.stores.answers.elements import Element
from adapters.stores.answers.html import read_html
from adapters.stores.answers.spot import Unreadable


def outline(part: Element | str) -> str:
    if isinstance(part, str):
        return part.replace("\u00a0", " ")
    told = "".join(f" {name}={value}" for name, value in part.attributes.items())
    return f"({part.name}{told}:{''.join(outline(inner) for inner in part.holds)})"


def read(page: str) -> str:
    document = read_html(page.encode(), None).value
    assert isinstance(document, Element)
    return "".join(outline(part) for part in document.holds)


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<p>a<p>b", "(p:a)(p:b)"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "(ul:(li:a(ul:(li:b)))(li:c))"),
        ("<table><tr><td>a<td>b<tr><th>c</table>d", "(table:(tr:(td:a)(td:b))(tr:(th:c)))d"),
        ("<table><tr><td><table><tr><td>a</table>b</table>", "(table:(tr:(td:(table:(tr:(td:a)))b)))"),
        ("<div><b>a</div>b</b>", "(div:(b:a))b"),
        ("<br/>a<img src=x>b<hr>", "(br:)a(img src=x:)b(hr:)"),
        ("""<A Href='x' title="a &amp; b" checked DATA-x=1/2 href=y>z</a>""",
         "(a href=x title=a & b checked= data-x=1/2:z)"),
        ("<i a = 'x'b=\"y\"c>z", "(i a=x b=y c=:z)"),
        ("&euro;&#49;&nbsp;&unknown; a < b &", "€1 &unknown; a < b &"),
        ("<script>if (a</b && '<p>') x</SCRIPT >y", "(script:if (a</b && '<p>') x)y"),
        ("<title>a &amp; <b></title>c", "(title:a & <b>)c"),
        ("<!-- <p> -->a<!-->b<!DOCTYPE html>c<?x?>d</>e</ f>g", "abcdeg"),
        ("a<p", "a"),
        ("a<p class='x>b", "a"),
        ("<!-- never closed <p>", ""),
    ],
)  # fmt: skip
def test_a_careless_page_is_read_as_browsers_do(page: str, told: str) -> None:
    assert read(page) == told


@pytest.mark.parametrize(
    "piece", ["<a ", "<!--", "</", "<a x='", "<![", "<script>", "&", "<a b=", "<textarea>"]
)
def test_a_malicious_page_costs_no_more_than_its_length(piece: str) -> None:
    assert isinstance(read_html((piece * 40_000).encode(), None).value, Element)


@pytest.mark.parametrize("piece", ["<br>", "<div>"])
def test_a_page_of_nothing_but_elements_is_refused(piece: str) -> None:
    with pytest.raises(Unreadable, match="elements"):
        read_html((piece * 60_000).encode(), None)


def test_a_page_says_itself_how_it_is_written() -> None:
    page = '<meta charset="iso-8859-1"><p>Söhne'
    assert "Söhne" in outline_of(page.encode("latin-1"))
    assert "Söhne" in outline_of("<p>Söhne".encode("cp1252"), "windows-1252")
    assert "S�hne" in outline_of("<p>Söhne".encode("latin-1"))
    with pytest.raises(Unreadable, match="martian"):
        read_html(b"<meta charset=martian>", None)


def outline_of(body: bytes, charset: str | None = None) -> str:
    document = read_html(body, charset).value
    assert isinstance(document, Element)
    return outline(document)
