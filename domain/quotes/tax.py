"""Value-added and sales tax on books by country of destination.

This is a table to start from, compiled from published rates as the notes say; it is no tax advice. The shop's
accountant must check it, above all where the shop owes tax at all (registration, thresholds, nexus).
Prices in the shop are net: the tax is added.
"""

from dataclasses import dataclass
from typing import Final

_NOT_PRINTED: Final = {"ebook", "audiobook"}


@dataclass(frozen=True, slots=True)
class BookTax:
    """The rates of one country in basis points. `note` says what they are and as of when.

    `audiobook` is the country's standard rate wherever a lower one was not established: better to owe the
    reader a cent than the treasury a year.
    """

    print: int
    ebook: int
    audiobook: int
    note: str

    def rate(self, book_format: str) -> int:
        """The rate for an edition of that format."""
        if book_format not in _NOT_PRINTED:
            return self.print
        return self.ebook if book_format == "ebook" else self.audiobook

    @property
    def shipping(self) -> int:
        """Carriage follows what is carried (an ancillary supply): printed books."""
        return self.print


_RATES: Final = {
    "AT": BookTax(1000, 1000, 2000, "Austria, reduced VAT; e-books since 2020"),
    "AU": BookTax(1000, 1000, 1000, "Australia, GST has no lower rate"),
    "BE": BookTax(600, 600, 2100, "Belgium, reduced VAT; e-books since 2019"),
    "CA": BookTax(500, 500, 500, "Canada, federal GST alone: provincial tax is not in this table"),
    "CH": BookTax(260, 260, 810, "Switzerland, reduced VAT of 2024"),
    "CZ": BookTax(0, 0, 0, "Czechia, books in every form are zero-rated since 2024"),
    "DE": BookTax(700, 700, 700, "Germany, reduced VAT; e-books and read books since December 2019"),
    "DK": BookTax(2500, 2500, 2500, "Denmark, standard VAT; its abolition for books was announced in 2025"),
    "ES": BookTax(400, 400, 2100, "Spain, super-reduced VAT; e-books since April 2020"),
    "FI": BookTax(1350, 1350, 1350, "Finland, reduced VAT of January 2026"),
    "FR": BookTax(550, 550, 550, "France, reduced VAT for books in every form since 2012"),
    "GB": BookTax(0, 0, 2000, "United Kingdom, zero-rated; e-books since May 2020, audiobooks are not"),
    "IE": BookTax(0, 0, 0, "Ireland, zero-rated; e-books and audiobooks since January 2024"),
    "IT": BookTax(400, 400, 2200, "Italy, super-reduced VAT for books with an ISBN; e-books since 2015"),
    "JP": BookTax(1000, 1000, 1000, "Japan, consumption tax has no lower rate for books"),
    "KW": BookTax(0, 0, 0, "Kuwait levies no value-added tax"),
    "LU": BookTax(300, 300, 1700, "Luxembourg, super-reduced VAT"),
    "NL": BookTax(900, 900, 2100, "Netherlands, reduced VAT; e-books since 2020"),
    "NO": BookTax(0, 0, 2500, "Norway, zero-rated; e-books since July 2019"),
    "NZ": BookTax(1500, 1500, 1500, "New Zealand, GST has no lower rate"),
    "PL": BookTax(500, 500, 2300, "Poland, reduced VAT; e-books since November 2019"),
    "PT": BookTax(600, 600, 2300, "Portugal, reduced VAT"),
    "SE": BookTax(600, 600, 600, "Sweden, reduced VAT; electronic publications since July 2019"),
    "US": BookTax(0, 0, 0, "United States, sales tax hangs on state and nexus and is not in this table"),
}


def book_tax(country: str) -> BookTax:
    """The rates for books sent to a country (ISO 3166-1 alpha-2); nothing where the table is silent."""
    return _RATES.get(country) or BookTax(0, 0, 0, f"no tax is known for {country}, so none was added")


def known_countries() -> frozenset[str]:
    """The countries the table speaks of."""
    return frozenset(_RATES)
