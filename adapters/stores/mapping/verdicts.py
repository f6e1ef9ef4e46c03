"""What a store means by an answer that is none: its own kinds of error, and what HTTP says for the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from adapters.stores.answers.spot import Path, Spot, Unreadable, text_of
from adapters.stores.calls.answer import Answer, seconds_in
from adapters.stores.mapping.parts import Amount

FINE: Final = range(200, 300)
TOO_MANY: Final = 429
NO_ACCESS: Final = frozenset({401, 403})


class Meaning(StrEnum):
    """What an error says of the store, or of the order it was asked for."""

    BUSY = "busy"
    REFUSED = "refused"
    BROKEN = "broken"
    NOT_SOLD = "not_sold"
    # of orders alone
    PRICE_CHANGED = "price_changed"
    SOLD_OUT = "sold_out"
    NOT_SENT_THERE = "not_sent_there"
    REJECTED = "rejected"
    KEY_REUSED = "key_reused"
    NO_SUCH_ORDER = "no_such_order"
    TOO_LATE = "too_late"


OF_QUESTIONS: Final = (Meaning.BUSY, Meaning.REFUSED, Meaning.BROKEN, Meaning.NOT_SOLD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """An answer with one of `statuses` (none: any) that says at `path` one of `words`, or something that
    contains one of `parts`, or anything at all where neither is given. `wait` and `wait_told` are seconds
    until the store may be asked again; `asks_now` is where it tells its new price.
    """

    meaning: Meaning
    statuses: frozenset[int]
    path: Path | None
    words: frozenset[str]
    parts: Sequence[str]
    wait: int | None = None
    wait_told: Path | None = None
    asks_now: Amount | None = None

    def fits(self, status: int, answer: Spot | None) -> bool:
        """Whether this is what the store meant."""
        if self.statuses and status not in self.statuses:
            return False
        if self.path is None:
            return True
        return answer is not None and any(self._says(found) for found in self.path(answer))

    def seconds(self, answer: Spot | None) -> int | None:
        """Until the store may be asked again, as far as its answer's body and the description tell."""
        if self.wait_told is not None and answer is not None:
            for found in self.wait_told(answer):
                if (told := seconds_in(_text(found))) is not None:
                    return told
        return self.wait

    def _says(self, found: Spot) -> bool:
        if not self.words and not self.parts:
            return True
        text = _text(found).casefold()
        return text in self.words or any(part in text for part in self.parts)


def _text(found: Spot) -> str:
    """What it says; nothing, where a list or an object stands: then it says none of the words."""
    try:
        return text_of(found.value)
    except Unreadable:
        return ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong, and by which rule of the description, if by one."""

    meaning: Meaning
    rule: Rule | None = None


def verdict(
    rules: Sequence[Rule], answer: Answer, told: Spot | None, error_place: Path | None
) -> Verdict | None:
    """What is wrong with an answer whose body told that (None: nothing that can be understood). None:
    nothing is wrong.
    """
    if rule := next((rule for rule in rules if rule.fits(answer.status, told)), None):
        return Verdict(rule.meaning, rule)
    if answer.status == TOO_MANY:
        return Verdict(Meaning.BUSY)
    if answer.status in NO_ACCESS:
        return Verdict(Meaning.REFUSED)
    if answer.status not in FINE:
        return Verdict(Meaning.BROKEN)
    if told is not None and error_place is not None and error_place(told):
        return Verdict(Meaning.BROKEN)
    return None
