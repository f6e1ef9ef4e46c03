"""Keep the answer to a request."""

from application.shared.unit_of_work import UnitOfWork
from domain.requests.idempotency import Answer, RequestKey


class AnswerRequest:
    """The first answer to a request is the answer for ever, byte for byte."""

    def __init__(self, unit_of_work: UnitOfWork) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, request: RequestKey, answer: Answer) -> Answer:
        """Returns the answer that stands."""
        async with self._unit_of_work() as work:
            return await work.requests.answer(request, answer)
