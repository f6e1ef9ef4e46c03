"""E-mail addresses in the one form that is compared, indexed and sealed."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from domain.shared.errors import InvalidInput

LONGEST: Final = 254  # RFC 5321: what fits into a mail command
_LOCAL: Final = re.compile(r'[^\s@"(),:;<>\[\]\\.]+(\.[^\s@"(),:;<>\[\]\\.]+)*')
_DOMAIN: Final = re.compile(r"([^\W_]([\w-]{0,61}[^\W_])?\.)+[^\W\d_]([\w-]{0,61}[^\W_])?")
LONGEST_LOCAL: Final = 64  # RFC 5321


@dataclass(frozen=True, slots=True)
class EmailAddress:
    """Lower case in both halves: readers who type `Ann` for `ann` outnumber providers who tell them apart."""

    value: str

    @classmethod
    def parse(cls, text: str) -> "EmailAddress":
        """Trim, compose (NFC) and lower what somebody typed; raises `InvalidInput`."""
        value = unicodedata.normalize("NFC", text.strip()).lower()
        local, _, domain = value.rpartition("@")
        well_formed = _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain) and value.isprintable()
        if not well_formed or len(value) > LONGEST or len(local) > LONGEST_LOCAL:
            raise InvalidInput("email", "This is not an e-mail address such as jane@example.org.")
        return cls(value)
