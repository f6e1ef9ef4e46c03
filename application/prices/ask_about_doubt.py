"""Ask a store once more about a price that nobody believes."""

from uuid import UUID

from application.prices.second_looks import SecondLooks
from domain.prices.doubt import Doubts, Standing


class AskAboutDoubt:
    """A doubted price that no comparison comes by is asked for all the same. What the store says twice is
    believed; what staff decided stays.
    """

    def __init__(self, doubts: Doubts, second_looks: SecondLooks) -> None:
        self._doubts = doubts
        self._second_looks = second_looks

    async def __call__(self, doubt_id: UUID) -> Standing:
        """How it stands then; as before, where the store did not answer. Raises `DoubtNotFound`."""
        doubt = await self._doubts.get(doubt_id)
        await self._second_looks.again(doubt)
        return doubt.standing
