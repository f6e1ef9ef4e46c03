"""Keep the answer to a request."""

from domain.requests.idempotency import Answer, RequestKey, Requests


class AnswerRequest:
    """The first answer to a request is the answer for ever, byte for byte."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests

    async def __call__(self, request: RequestKey, answer: Answer) -> Answer:
        """Returns the answer that stands."""
        return await self._requests.answer(request, answer)
