"""How a store's process is told to people."""

from collections.abc import Iterator

from application.prices.refreshing.batch import Batch, Ending
from workflows.refresh.contracts import Stop

_EASED = 0.999  # of the pace: rounding is no strain

Said = tuple[str, str]


def state_of(batch: Batch | None) -> Said:
    """In a word, and in a sentence, while nobody has stopped it."""
    if batch is None:
        return "asking", "The first batch is on its way."
    said = (said for is_so, said in _signs(batch) if is_so)
    return next(said, ("asking", "Always about the book whose price is most worth knowing."))


def _signs(batch: Batch) -> Iterator[tuple[bool, Said]]:
    words = "It does not accept our account. Put that right, then `resume`; after an hour it is tried once."
    yield batch.ending is Ending.REFUSED, ("refused", words)
    words = "It did badly and is left in peace; these calls find out when it is well again."
    yield batch.breaker != "closed", ("resting", words)
    yield batch.pace < _EASED, ("eased", "The shop itself is behind, so it is asked more slowly.")
    words = "Its limit, or what readers and purchases leave of it, has no call for this now."
    yield bool(batch.busy and not batch.asked), ("busy", words)
    yield not batch.waiting, ("idle", "Nobody has asked for a book yet.")


def stopped(stop: Stop, *, in_batch: bool) -> Said:
    """The same for a store that somebody wants left alone."""
    if stop.at_once:
        return "paused", f"It is left alone: {stop.note} `resume` lets it go on."
    if in_batch:
        return "draining", f"This batch goes on to its end, and no other begins: {stop.note}"
    return "drained", f"Its last batch is over: {stop.note} `resume` lets it go on."


def details(state: str, words: str, batch: Batch | None) -> str:
    """For the Temporal UI."""
    said = f"**{state}** {words}"
    if batch is None:
        return said
    rows = "\n".join(f"| {name} | {value} |" for name, value in _rows(batch))
    return f"{said}\n\n| | |\n|---|---|\n{rows}"


def _rows(batch: Batch) -> list[tuple[str, str]]:
    counts = f"{batch.asked} asked, {batch.answered} answered, {batch.failed} failed"
    passed = f"{batch.busy} times busy, {batch.resting} times left in peace"
    return [
        ("last batch", f"{counts}; {passed}"),
        ("health today", f"{_share(batch.answers)} answered, the slowest twentieth over {_seconds(batch)}"),
        ("breaker", batch.breaker),
        ("budget", f"{batch.a_minute:.3g} calls a minute; {batch.lane:.3g} are left to refreshing"),
        ("pace", _share(batch.pace)),
        ("a call is worth", f"{batch.price:.3g} questions answered wrongly"),
        ("fresh", _share(batch.fresh)),
        ("books", f"{batch.waiting} wait, {batch.set_aside} are set aside"),
    ]


def _share(part: float | None) -> str:
    return "unknown" if part is None else f"{100 * part:.1f} %"


def _seconds(batch: Batch) -> str:
    return "an unknown time" if batch.slowest is None else f"{batch.slowest:g} s"
