"""The two ways in which pages tell machines what they mean: microdata, and JSON-LD."""

import json
from collections.abc import Sequence
from typing import Any, Final

from entrypoints.sandbox.bookstores.formats.html_text import SCHEMA, Other, Tag, written

_ITEM: Final = f'itemscope itemtype="{SCHEMA}'


def microdata(title: str, isbn: str, binding: str, tags: Sequence[Tag], more: Sequence[Other]) -> str:
    """The page's middle, each fact beside what people read."""
    offers = "\n".join(map(_offer, tags))
    beside = "\n".join(
        f'<div {_ITEM}Product"><span itemprop="name">{written(other.title)}</span>'
        f'<div itemprop="offers" {_ITEM}Offer"><b itemprop="price">{written(other.price)}</b></div></div>'
        for other in more
    )
    return (
        f'<main {_ITEM}Book">\n<h1 itemprop="name">{written(title)}</h1>\n'
        f'<p>ISBN <span itemprop="isbn">{isbn}</span></p><link itemprop="bookFormat" href="{binding}">\n'
        f"{offers}\n</main>\n<aside><h2>You may also like</h2>\n{beside}\n</aside>"
    )


def json_ld(title: str, isbn: str, binding: str, tags: Sequence[Tag], more: Sequence[Other]) -> str:
    """The page's middle, its facts in a script among others."""
    book = {
        "@context": SCHEMA.rstrip("/"),
        "@type": "Book",
        "name": title,
        "isbn": isbn,
        "bookFormat": binding,
        "offers": [_offer_document(tag) for tag in tags],
    }
    shown = "\n".join(
        f'<div class="offer"><b>{written(tag.price or "Currently unavailable")}</b> {written(tag.grade)} '
        f"from {written(tag.seller)} <del>{written(tag.before)}</del></div>"
        for tag in tags
    )
    beside = "\n".join(f"<li>{written(other.title)}: {written(other.price)}</li>" for other in more)
    scripts = "\n".join(map(_script, (_trail(title), *map(_product, more), book)))
    return (
        f"{scripts}\n<main>\n<h1>{written(title)}</h1>\n{shown}\n</main>\n"
        f"<aside><h2>You may also like</h2>\n<ul>{beside}</ul>\n</aside>"
    )


def _offer(tag: Tag) -> str:
    asked = ""
    if tag.price is not None:
        asked = f'<del>{written(tag.before)}</del> <span itemprop="price">{written(tag.price)}</span>'
    return (
        f'<div class="offer" itemprop="offers" {_ITEM}Offer"><meta itemprop="sku" content="{tag.sku}">\n'
        f'<span itemprop="seller" {_ITEM}Organization"><b itemprop="name">{written(tag.seller)}</b></span>\n'
        f'<link itemprop="itemCondition" href="{tag.condition}">'
        f'<span itemprop="description">{written(tag.grade)}</span>\n'
        f'{asked}<meta itemprop="priceCurrency" content="{tag.currency}">\n'
        f'<link itemprop="availability" href="{tag.availability}">\n'
        f'{_extras(tag)}<time itemprop="validFrom" datetime="{tag.since}">{tag.since[:10]}</time></div>'
    )


def _extras(tag: Tag) -> str:
    if tag.shipping is None or tag.tax is None:
        return ""
    return (
        f'<span itemprop="shippingDetails" {_ITEM}OfferShippingDetails">+ <span itemprop="shippingRate" '
        f'{_ITEM}MonetaryAmount"><span itemprop="value">{written(tag.shipping)}</span>'
        f'<meta itemprop="currency" content="{tag.currency}"></span> shipping</span>\n'
        f'<span itemprop="additionalProperty" {_ITEM}PropertyValue"><meta itemprop="name" content="tax">'
        f'+ <span itemprop="value">{written(tag.tax)}</span> tax</span>\n'
    )


def _offer_document(tag: Tag) -> dict[str, Any]:
    document: dict[str, Any] = {
        "@type": "Offer",
        "sku": tag.sku,
        "seller": {"@type": "Organization", "name": tag.seller},
        "itemCondition": tag.condition,
        "description": tag.grade,
        "priceCurrency": tag.currency,
        "availability": tag.availability,
        "validFrom": tag.since,
    }
    if tag.price is None:
        return document
    rate = {"@type": "MonetaryAmount", "value": tag.shipping, "currency": tag.currency}
    return document | {
        "price": tag.price,
        "shippingDetails": {"@type": "OfferShippingDetails", "shippingRate": rate},
        "additionalProperty": {"@type": "PropertyValue", "name": "tax", "value": tag.tax},
    }


def _product(other: Other) -> dict[str, Any]:
    offer = {"@type": "Offer", "price": other.price}
    return {
        "@context": SCHEMA.rstrip("/"),
        "@type": "Product",
        "name": other.title,
        "gtin13": other.isbn,
        "offers": [offer],
    }


def _trail(title: str) -> dict[str, Any]:
    names = ("Home", "Books", title)
    items = [{"@type": "ListItem", "position": place, "name": name} for place, name in enumerate(names, 1)]
    return {"@context": SCHEMA.rstrip("/"), "@type": "BreadcrumbList", "itemListElement": items}


def _script(document: dict[str, Any]) -> str:
    text = json.dumps(document, ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="application/ld+json">{text}</script>'
