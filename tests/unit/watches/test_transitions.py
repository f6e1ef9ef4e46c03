"""Every verb in every state: it moves the watch, changes nothing, or says why not."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.shared.errors import DomainError
from domain.watches.errors import NothingToVeto, WatchCannotMove, WatchHasEnded
from domain.watches.result import Result, ResultKind
from domain.watches.status import MOVES, AfterPurchase, EndReason, WatchStatus
from domain.watches.watch import Watch
from tests.watching import buying, minutes, price, terms, usd, watch

HOUR = timedelta(hours=1)
NOW = minutes(10)


def _active() -> Watch:
    return watch(terms(buying(2, veto=HOUR)))


def _paused() -> Watch:
    made = _active()
    made.pause(NOW)
    return made


def _proposing() -> Watch:
    made = _active()
    made.look(price(1_400), NOW)
    made.noticed(made.told, NOW)
    return made


def _buying() -> Watch:
    made = _proposing()
    assert made.look(price(1_400), NOW + HOUR)
    return made


def _ended() -> Watch:
    made = _active()
    made.cancel(NOW)
    return made


STATES: dict[WatchStatus, Callable[[], Watch]] = {
    WatchStatus.ACTIVE: _active,
    WatchStatus.PAUSED: _paused,
    WatchStatus.AWAITING_VETO: _proposing,
    WatchStatus.BUYING: _buying,
    WatchStatus.ENDED: _ended,
}
LATER = NOW + 2 * HOUR
VERBS: dict[str, Callable[[Watch], object]] = {
    "pause": lambda it: it.pause(LATER),
    "resume": lambda it: it.resume(LATER),
    "cancel": lambda it: it.cancel(LATER),
    "veto": lambda it: it.veto(LATER),
    "change": lambda it: it.change(terms(buying(3), target=1_600), LATER),
    "see a low price": lambda it: it.look(price(1_300, 5), LATER),
    "see a high price": lambda it: it.look(price(2_000, 5), LATER),
    "see no price": lambda it: it.look(None, NOW),
    "come to the date": lambda it: it.look(None, it.terms.until),
    "buy": lambda it: it.settle(it.attempt, Result(ResultKind.BOUGHT, usd(1_400)), LATER),
    "not get it": lambda it: it.settle(it.attempt, Result(ResultKind.NOT_HAD), LATER),
    "be declined": lambda it: it.settle(it.attempt, Result(ResultKind.DECLINED), LATER),
    "reach a cap": lambda it: it.settle(it.attempt, Result(ResultKind.CAP_REACHED), LATER),
    "have it called off": lambda it: it.settle(it.attempt, Result(ResultKind.CANCELLED), LATER),
    "hear that it is open": lambda it: it.settle(it.attempt, Result(ResultKind.OPEN), LATER),
    "settle an older attempt": lambda it: it.settle(it.attempt - 1, Result(ResultKind.BOUGHT), LATER),
}
A, P, V, B, E = WatchStatus
Outcome = WatchStatus | type[DomainError]
# The columns: active, paused, awaiting a veto, buying, ended.
TABLE: dict[str, tuple[Outcome, ...]] = {
    "pause": (P, P, P, B, WatchHasEnded),
    "resume": (A, A, V, B, WatchHasEnded),
    "cancel": (E, E, E, B, E),
    "veto": (NothingToVeto, NothingToVeto, A, NothingToVeto, WatchHasEnded),
    "change": (A, P, A, B, WatchHasEnded),
    "see a low price": (V, P, B, B, E),
    "see a high price": (A, P, A, B, E),
    "see no price": (A, P, V, B, E),
    "come to the date": (E, E, E, B, E),
    "buy": (A, P, V, A, E),
    "not get it": (A, P, V, A, E),
    "be declined": (A, P, V, P, E),
    "reach a cap": (A, P, V, A, E),
    "have it called off": (A, P, V, P, E),
    "hear that it is open": (A, P, V, B, E),
    "settle an older attempt": (A, P, V, B, E),
}


@pytest.mark.parametrize("verb", VERBS)
def test_the_table_is_what_happens(verb: str) -> None:
    for (status, make), wanted in zip(STATES.items(), TABLE[verb], strict=True):
        it = make()
        assert it.status is status
        if isinstance(wanted, WatchStatus):
            VERBS[verb](it)
            assert it.status is wanted, f"{verb} when {status}"
            assert wanted is status or wanted in MOVES[status]
        else:
            with pytest.raises(wanted):
                VERBS[verb](it)
            assert it.status is status


@pytest.mark.parametrize("verb", ["pause", "resume", "cancel", "change"])
def test_saying_it_twice_is_saying_it_once(verb: str) -> None:
    for make in STATES.values():
        once = make()
        try:
            VERBS[verb](once)
        except WatchHasEnded:
            continue
        events = len(once.drain_events())
        try:
            VERBS[verb](once)
        except WatchHasEnded:
            continue
        assert once.drain_events() == []
        assert events >= 0


def test_whoever_cancels_while_it_buys_gets_nothing_more() -> None:
    for kind, ended in [
        (ResultKind.CANCELLED, EndReason.CANCELLED),
        (ResultKind.NOT_HAD, EndReason.CANCELLED),
        (ResultKind.DECLINED, EndReason.CANCELLED),
        (ResultKind.BOUGHT, EndReason.CANCELLED),
    ]:
        it = _buying()
        it.cancel(LATER)
        assert it.after_purchase is AfterPurchase.END
        with pytest.raises(WatchHasEnded):
            it.resume(LATER)
        it.settle(1, Result(kind, usd(1_400)), LATER)
        assert it.ended_because is ended
        assert not it.look(price(1_000, 60), LATER)


def test_whoever_pauses_while_it_buys_finds_it_paused_afterwards() -> None:
    it = _buying()
    it.pause(LATER)
    it.settle(1, Result(ResultKind.BOUGHT, usd(1_400)), LATER)
    assert (it.status, it.bought) == (WatchStatus.PAUSED, 1)
    assert not it.look(price(1_000, 60), LATER)


def test_a_watch_that_tells_does_not_begin_to_buy() -> None:
    with pytest.raises(WatchCannotMove):
        watch(terms()).change(terms(buying()), NOW)


def test_the_table_of_moves_is_total() -> None:
    assert MOVES.keys() == set(WatchStatus)
    assert [status for status, moves in MOVES.items() if not moves] == [WatchStatus.ENDED]
