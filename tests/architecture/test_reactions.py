"""Whatever changes what visitors are shown makes them be shown the new."""

from application.books.forget_answers import TAGS, ForgetAnswers
from domain.books import events
from domain.shared.events import DomainEvent
from entrypoints.wiring.orders import OrdersUseCases

TOLD_BY_THE_DATABASE = {"book_sold_out", "book_back_in_stock"}  # by the trigger on its stock
OF_READERS = {"work_rated"}


def _is_event(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, DomainEvent) and kind is not DomainEvent


def test_no_event_about_books_leaves_old_answers_standing() -> None:
    told = {kind.name for kind in vars(events).values() if _is_event(kind)}
    assert told | TOLD_BY_THE_DATABASE | OF_READERS == set(TAGS)
    reactions = OrdersUseCases.publish_events.kwargs["reactions"].kwargs
    for name in TAGS:
        assert ForgetAnswers in [reaction.cls for reaction in reactions[name].args], name
