"""From a store's kinds of error as they are written to rules."""

from collections.abc import Iterable, Sequence

from adapters.stores.descriptions.facts import Idiom, amount, lower, path
from adapters.stores.descriptions.mistakes import Mistake, one_of
from adapters.stores.descriptions.written import ErrorTable
from adapters.stores.mapping.verdicts import Meaning, Rule


def rules(
    key: str,
    tables: Sequence[ErrorTable],
    meanings: Iterable[Meaning],
    idiom: Idiom,
) -> list[Rule]:
    """In the order in which they are tried."""
    return [_rule(f"{key}[{place}]", table, list(meanings), idiom) for place, table in enumerate(tables)]


def _rule(key: str, table: ErrorTable, meanings: list[Meaning], idiom: Idiom) -> Rule:
    statuses = [table.status] if isinstance(table.status, int) else table.status
    if not statuses and table.at is None:
        raise Mistake(key, 'give "status", or "at" with what the answer says there, or both.')
    if table.at is None and (table.says or table.contains):
        raise Mistake(key, 'give "at": where the answer says it.')
    wait_at = table.wait if isinstance(table.wait, str) else None
    return Rule(
        meaning=Meaning(one_of(f"{key}.means", table.means, meanings)),
        statuses=frozenset(statuses),
        path=None if table.at is None else path(f"{key}.at", table.at, idiom),
        words=frozenset(lower(table.says)),
        parts=lower(table.contains),
        wait=table.wait if isinstance(table.wait, int) else None,
        wait_told=None if wait_at is None else path(f"{key}.wait", wait_at, idiom),
        asks_now=None if table.asks_now is None else amount(f"{key}.asks_now", table.asks_now, idiom),
    )
