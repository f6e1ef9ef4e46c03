"""The steps of a meeting's process: each is one use case, with plain values in and out."""

from uuid import UUID

from temporalio import activity

from application.bets.decide import DisputeMarket, RuleMarket
from application.bets.end_markets import BeginEnding, FinishEnding, PayShard, ReverseRound, SeeDue
from application.bets.park_bets import ParkBets, ResumeBets
from application.bets.propose_results import ProposeResults
from application.bets.watch_bets import WatchBets
from domain.shared.ids import MarketId, MeetingId, UserId
from workflows.meeting.contracts import Dispute, Ruling, Shard, Stand, ToEnd
from workflows.shared.attention import Attention, Sentence


class MeetingActivities:
    """Everything a meeting's process does."""

    def __init__(
        self,
        *,
        watch_bets: WatchBets,
        propose_results: ProposeResults,
        see_due: SeeDue,
        reverse_round: ReverseRound,
        begin_ending: BeginEnding,
        pay_shard: PayShard,
        finish_ending: FinishEnding,
        dispute_market: DisputeMarket,
        rule_market: RuleMarket,
        park_bets: ParkBets,
        resume_bets: ResumeBets,
    ) -> None:
        self._watch_bets = watch_bets
        self._propose_results = propose_results
        self._see_due = see_due
        self._reverse_round = reverse_round
        self._begin_ending = begin_ending
        self._pay_shard = pay_shard
        self._finish_ending = finish_ending
        self._dispute_market = dispute_market
        self._rule_market = rule_market
        self._park_bets = park_bets
        self._resume_bets = resume_bets

    @activity.defn(name="look after the bets")
    async def watch(self, meeting_id: str) -> Stand:
        """Scratch who will not come, lock when it is time, make void what is off."""
        seen = await self._watch_bets(_meeting(meeting_id))
        return Stand(seen.locked, seen.over, seen.starts_at, seen.locks_at, seen.evidence_until)

    @activity.defn(name="propose who won")
    async def propose(self, meeting_id: str) -> None:
        """By the evidence."""
        await self._propose_results(_meeting(meeting_id))

    @activity.defn(name="see what is due")
    async def see_due(self, meeting_id: str) -> ToEnd:
        """Which markets are to be ended now."""
        due = await self._see_due(_meeting(meeting_id))
        markets = [str(market) for market in due.markets]
        return ToEnd(markets, due.look_again_at, due.settled, due.voided)

    @activity.defn(name="reverse what was paid wrongly")
    async def reverse(self, market_id: str) -> None:
        """Before a corrected market is settled anew."""
        await self._reverse_round(_market(market_id))

    @activity.defn(name="begin to end the market")
    async def begin(self, market_id: str) -> int:
        """How many shards there are to pay."""
        return await self._begin_ending(_market(market_id))

    @activity.defn(name="pay some of the bettors")
    async def pay(self, shard: Shard) -> None:
        """What they are due, once."""
        await self._pay_shard(_market(shard.market_id), shard.shard)

    @activity.defn(name="end the market")
    async def finish(self, market_id: str) -> None:
        """Settled or void."""
        await self._finish_ending(_market(market_id))

    @activity.defn(name="note a dispute")
    async def dispute(self, dispute: Dispute) -> None:
        """Somebody objects."""
        market, by = _market(dispute.market_id), UserId(UUID(dispute.by))
        await self._dispute_market(_meeting(dispute.meeting_id), market, by)

    @activity.defn(name="note a ruling")
    async def rule(self, ruling: Ruling) -> None:
        """Somebody decides."""
        await self._rule_market(
            _meeting(ruling.meeting_id),
            _market(ruling.market_id),
            UserId(UUID(ruling.by)),
            ruling.winners,
            staff=ruling.staff,
        )

    @activity.defn(name="hand the bets over to an operator")
    async def park(self, sentence: Sentence) -> None:
        """Show that a person is needed."""
        await self._park_bets(_meeting(sentence.order_id), sentence.text)

    @activity.defn(name="take the bets back from the operator")
    async def resume(self, sentence: Sentence) -> None:
        """Show what was decided."""
        await self._resume_bets(_meeting(sentence.order_id))


OF_MEETINGS = Attention(MeetingActivities.park, MeetingActivities.resume)


def _meeting(text: str) -> MeetingId:
    return MeetingId(UUID(text))


def _market(text: str) -> MarketId:
    return MarketId(UUID(text))
