"""Made-up markets for the properties."""

from uuid import UUID

from hypothesis import strategies as st

from domain.bets.parimutuel import Stake
from domain.shared.ids import BetId, UserId

HORSES = ("black", "bay", "grey", "roan", "dun")
_BETS = st.lists(
    st.tuples(st.sampled_from(HORSES), st.one_of(st.integers(1, 20), st.integers(1, 1_000_000))),
    min_size=1,
    max_size=12,
)
WINNERS = st.frozensets(st.sampled_from(HORSES))


def _stakes(bets: list[tuple[str, int]]) -> list[Stake]:
    return [
        Stake(BetId(UUID(int=100 + place)), UserId(UUID(int=1 + place)), horse, amount)
        for place, (horse, amount) in enumerate(bets)
    ]


STAKES = _BETS.map(_stakes)
