"""The judge of purchases: what readers were told, what the shop wrote down, and what the provider's and the
stores' own ledgers say of it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields

from application.purchases.views import Receipt
from domain.purchases.caps import Caps
from domain.purchases.reckoning import faults
from domain.purchases.status import BOUGHT


@dataclass(frozen=True)
class Moved:
    """A line of the provider's ledger: authorise, capture, void or refund."""

    purchase: str
    kind: str
    amount: int


@dataclass(frozen=True)
class AtStore:
    """An order in a store's own books. `kept` is what the store has of it in the end."""

    purchase: str
    stands: bool
    kept: int


@dataclass(frozen=True)
class Heard:
    """What a reader was told: of which purchase, and in the end whether it is bought (None: not yet)."""

    wish: str
    purchase: str | None
    bought: bool | None


@dataclass
class Verdict:
    """Each list names the guilty; all are empty when all is well."""

    lost: list[str] = field(default_factory=list)  # told of, but not there, or not as told
    doubled: list[str] = field(default_factory=list)  # two orders, authorisations or captures; two for a wish
    overspent: list[str] = field(default_factory=list)  # above the maximum, above what was reserved
    over_cap: list[str] = field(default_factory=list)  # above what a reader allows
    kept: list[str] = field(default_factory=list)  # money without a book, a book without money
    unbalanced: list[str] = field(default_factory=list)  # our books, or ours against the others'
    stuck: list[str] = field(default_factory=list)
    unproven: list[str] = field(default_factory=list)  # so little was bought that nothing is shown

    @property
    def clean(self) -> bool:
        return not any(getattr(self, part.name) for part in fields(self))

    def counts(self) -> str:
        return ", ".join(f"{len(getattr(self, part.name))} {part.name}" for part in fields(self))


def judge(
    receipts: Sequence[Receipt],
    provider: Iterable[Moved],
    stores: Iterable[AtStore],
    heard: Sequence[Heard],
    caps: Mapping[str, Caps],
    *,
    fewest: int = 0,
) -> Verdict:
    """`receipts` are all purchases of these readers; `caps` of each reader hold for all of one day; `fewest`
    are to be bought, or the others prove nothing.
    """
    verdict = Verdict()
    money, orders = _by_purchase(provider), _at_stores(stores)
    for receipt in receipts:
        name = str(receipt.purchase.id)
        _money(verdict, receipt, money[name])
        _goods(verdict, receipt, orders[name])
        _end(verdict, receipt)
    _told(verdict, {str(receipt.purchase.id): receipt for receipt in receipts}, heard)
    _within_caps(verdict, receipts, money, caps)
    bought = sum(receipt.purchase.status in BOUGHT for receipt in receipts)
    if bought < fewest:
        verdict.unproven.append(f"{bought} of {len(receipts)} were bought, and {fewest} were to be")
    return verdict


def _money(verdict: Verdict, receipt: Receipt, moved: Sequence[Moved]) -> None:
    it, often = receipt.purchase, Counter(line.kind for line in moved)
    sums: Counter[str] = Counter()
    for line in moved:
        sums[line.kind] += line.amount
    held = sums["authorise"] - sums["void"] - sums["capture"]
    kept = sums["capture"] - sums["refund"]
    if often["authorise"] > 1 or often["capture"] > 1:
        verdict.doubled.append(f"{it.id}: {dict(often)} times")
    if sums["capture"] > sums["authorise"] or sums["authorise"] > it.max_price.amount * often["authorise"]:
        verdict.overspent.append(f"{it.id} of at most {it.max_price}: {dict(sums)}")
    if it.ended and held:
        verdict.kept.append(f"{it.id} is {it.status}, and {held} are held")
    if it.ended_without_book and kept:
        verdict.kept.append(f"{it.id} is {it.status}, and {kept} were kept")
    if kept != it.kept.amount:
        verdict.unbalanced.append(f"{it.id}: our books say {it.kept} was kept, the provider's {kept}")
    verdict.unbalanced += [f"{it.id} {fault}" for fault in faults(it, receipt.ledger)]


def _goods(verdict: Verdict, receipt: Receipt, orders: Sequence[AtStore]) -> None:
    it, standing = receipt.purchase, [order for order in orders if order.stands]
    if len(orders) > 1:
        verdict.doubled.append(f"{it.id} has {len(orders)} orders at stores")
    if not it.ended:
        return
    if it.status in BOUGHT and not standing:
        verdict.kept.append(f"{it.id} is {it.status}, but no store has its order")
    if it.status not in BOUGHT and standing:
        verdict.kept.append(f"{it.id} is {it.status}, but a store sends it for {standing[0].kept}")
    if it.status in BOUGHT and standing and standing[0].kept != (it.charged.amount if it.charged else 0):
        verdict.unbalanced.append(f"{it.id}: our books say {it.charged}, the store's {standing[0].kept}")


def _end(verdict: Verdict, receipt: Receipt) -> None:
    it = receipt.purchase
    if not it.ended or it.needs_attention:
        verdict.stuck.append(f"{it.id} is {it.status}: {it.needs_attention}")


def _told(verdict: Verdict, receipts: Mapping[str, Receipt], heard: Sequence[Heard]) -> None:
    of_wish: defaultdict[str, set[str]] = defaultdict(set)
    for each in heard:
        if each.purchase is None:
            continue
        of_wish[each.wish].add(each.purchase)
        receipt = receipts.get(each.purchase)
        if receipt is None:
            verdict.lost.append(f"{each.wish} was told of {each.purchase}, which does not exist")
        elif _is_told_wrong(each, receipt):
            verdict.lost.append(f"{each.wish} was told {each.bought}, but it is {receipt.purchase.status}")
    verdict.doubled += [f"{wish} is {len(told)} purchases" for wish, told in of_wish.items() if len(told) > 1]


def _is_told_wrong(heard: Heard, receipt: Receipt) -> bool:
    """What a store does against the agreement afterwards undoes what was told in good faith."""
    it = receipt.purchase
    undone = heard.bought is True and it.discrepancy is not None
    return heard.bought not in {None, it.status in BOUGHT} and not undone


def _within_caps(
    verdict: Verdict,
    receipts: Sequence[Receipt],
    money: Mapping[str, Sequence[Moved]],
    caps: Mapping[str, Caps],
) -> None:
    spent: Counter[str] = Counter()
    for receipt in receipts:
        for line in money[str(receipt.purchase.id)]:
            sign = {"capture": 1, "refund": -1}.get(line.kind, 0)
            spent[str(receipt.purchase.user_id)] += sign * line.amount
    for reader, cap in caps.items():
        if spent[reader] > cap.per_day.amount:
            verdict.over_cap.append(f"{reader} may spend {cap.per_day} a day and paid {spent[reader]}")


def _by_purchase(provider: Iterable[Moved]) -> defaultdict[str, list[Moved]]:
    found: defaultdict[str, list[Moved]] = defaultdict(list)
    for line in provider:
        found[line.purchase].append(line)
    return found


def _at_stores(stores: Iterable[AtStore]) -> defaultdict[str, list[AtStore]]:
    found: defaultdict[str, list[AtStore]] = defaultdict(list)
    for order in stores:
        found[order.purchase].append(order)
    return found
