"""Customers who read a store's pages."""

import json
import re
from html import unescape
from typing import Any, Final

from tests.sandbox.bookstores.customers import STOCK, Customer, Heard, minor

LD: Final = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
OFFER: Final = re.compile(r'<div class="offer" itemprop="offers".*?</div>', re.DOTALL)
GRADES: Final = {
    "New": "new",
    "Used \N{EN DASH} like new": "like_new",
    "Used \N{EN DASH} very good": "very_good",
}


class Reader(Customer):
    async def ask(self, isbn: str) -> None:
        await self.call("GET", f"/isbn/{isbn}")

    async def search(self, isbn: str) -> list[Heard]:
        await self.ask(isbn)
        return self._read() if self.answer.is_success else []

    async def look(self, offer_id: str) -> list[Heard]:
        await self.call("GET", f"/offer/{offer_id}")
        return self._read() if self.answer.is_success else []

    @property
    def code(self) -> str:
        return ""

    def _read(self) -> list[Heard]:
        page = self.answer.text
        if self.store["markup"] == "microdata":
            shared = {"isbn": _one(r'itemprop="isbn">(\d+)<', page), "format": _link("bookFormat", page)}
            return [self._heard(_microdata(found.group()) | shared) for found in OFFER.finditer(page)]
        (book,) = (found for script in LD.findall(page) if (found := json.loads(script))["@type"] == "Book")
        shared = {"isbn": book["isbn"], "format": book["bookFormat"].rpartition("/")[2]}
        return [self._heard(_json_ld(offer) | shared) for offer in book["offers"]]

    def _heard(self, told: dict[str, Any]) -> Heard:
        grade, currency = told.pop("grade"), told["currency"]
        for name in ("item", "shipping", "tax"):
            told[name] = _amount(told[name], currency) if told[name] else None
        return told | {
            "format": told["format"].lower(),
            "condition": GRADES.get(grade, grade.rpartition(" ")[2]),
            "availability": STOCK[told["availability"].rpartition("/")[2]],
        }


def _microdata(text: str) -> dict[str, Any]:
    return {
        "offer_id": _one(r'itemprop="sku" content="([^"]+)"', text),
        "seller": unescape(_one(r'itemprop="name">([^<]+)<', text)),
        "grade": _one(r'itemprop="description">([^<]+)<', text),
        "item": unescape(_one(r'itemprop="price">([^<]+)<', text)),
        "currency": _one(r'itemprop="priceCurrency" content="([^"]+)"', text),
        "availability": _link("availability", text),
        "shipping": unescape(_one(r'MonetaryAmount"><span itemprop="value">([^<]+)<', text)),
        "tax": unescape(_one(r'content="tax">\+ <span itemprop="value">([^<]+)<', text)),
        "changed_at": _one(r'itemprop="validFrom" datetime="([^"]+)"', text),
    }


def _json_ld(offer: dict[str, Any]) -> dict[str, Any]:
    return {
        "offer_id": offer["sku"],
        "seller": offer["seller"]["name"],
        "grade": offer["description"],
        "item": offer.get("price"),
        "currency": offer["priceCurrency"],
        "availability": offer["availability"],
        "shipping": offer.get("shippingDetails", {}).get("shippingRate", {}).get("value"),
        "tax": offer.get("additionalProperty", {}).get("value"),
        "changed_at": offer["validFrom"],
    }


def _one(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return found.group(1) if found else ""


def _link(name: str, text: str) -> str:
    return _one(rf'itemprop="{name}" href="https://schema.org/(\w+)"', text)


def _amount(text: str, currency: str) -> int:
    """Whatever the country: the last mark followed by two digits is the decimal one."""
    digits = re.sub(r"[^\d.,]", "", text)
    whole, mark, rest = digits.rpartition(digits[-3]) if re.search(r"[.,]\d\d$", digits) else (digits, "", "")
    return minor(re.sub(r"\D", "", whole) + ("." if mark else "") + rest, currency)
