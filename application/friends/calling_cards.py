"""A reader's own calling card."""

from application.shared.unit_of_work import UnitOfWork, Work
from domain.friends.calling_card import CallingCard
from domain.friends.ports import CardCodes
from domain.shared.ids import UserId


class SeeCallingCard:
    """Every reader has a calling card, from the moment she first looks at it."""

    def __init__(self, unit_of_work: UnitOfWork, codes: CardCodes) -> None:
        self._unit_of_work = unit_of_work
        self._codes = codes

    async def __call__(self, reader: UserId) -> CallingCard:
        """Her card as it is now."""
        async with self._unit_of_work() as work:
            return await _card(work, reader, self._codes)


class SignCallingCard:
    """A reader says what she wants to be called, or that she wants to be called nothing."""

    def __init__(self, unit_of_work: UnitOfWork, codes: CardCodes) -> None:
        self._unit_of_work = unit_of_work
        self._codes = codes

    async def __call__(self, reader: UserId, display_name: str | None) -> CallingCard:
        """Her card as it is now."""
        async with self._unit_of_work() as work:
            card = await _card(work, reader, self._codes)
            card.display_name = display_name
            await work.calling_cards.save(card)
        return card


class RenewCallingCard:
    """A reader has her card printed with a new code; who has only the old one does not find her any more. Her
    friends stay her friends, and what was asked stays asked.
    """

    def __init__(self, unit_of_work: UnitOfWork, codes: CardCodes) -> None:
        self._unit_of_work = unit_of_work
        self._codes = codes

    async def __call__(self, reader: UserId) -> CallingCard:
        """Her card as it is now."""
        async with self._unit_of_work() as work:
            card = await _card(work, reader, self._codes)
            card.code = self._codes.new()
            await work.calling_cards.save(card)
        return card


async def _card(work: Work, reader: UserId, codes: CardCodes) -> CallingCard:
    """For a change. Who looks at it first in two windows at once gets one card."""
    while (card := await work.calling_cards.of(reader)) is None:
        await work.calling_cards.add(CallingCard(reader=reader, code=codes.new()))
    return card
