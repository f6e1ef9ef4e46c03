"""Bets on meetings: what readers do, the steps of their process, what is done about what happens."""

from dependency_injector import providers

from application.bets.ask_process import CorrectResult, DisputeResult, RuleOnResult
from application.bets.decide import CorrectMarket, DisputeMarket, RuleMarket
from application.bets.end_markets import BeginEnding, FinishEnding, PayShard, ReverseRound, SeeDue
from application.bets.park_bets import ParkBets, ResumeBets
from application.bets.place_bet import PlaceBet
from application.bets.propose_results import ProposeResults
from application.bets.reactions import (
    DriveMeetings,
    RewardComing,
    RewardReading,
    StartMeeting,
    TellMeeting,
)
from application.bets.see_bets import ListBets, SeeBet, SeeMarkets
from application.bets.watch_bets import WatchBets
from application.bets.withdraw_bet import WithdrawBet
from application.leaderboards.see_leaderboard import SeeLeaderboard
from entrypoints.wiring.points import PointsUseCases


class BetsUseCases(PointsUseCases):
    """Bets on meetings."""

    adapters = PointsUseCases.adapters
    unit_of_work, clock = adapters.unit_of_work, adapters.clock
    processes = adapters.meeting_processes

    place_bet = providers.Singleton(PlaceBet, unit_of_work, clock, adapters.ids)
    withdraw_bet = providers.Singleton(WithdrawBet, unit_of_work, clock)
    see_bet = providers.Singleton(SeeBet, adapters.betting_views)
    list_bets = providers.Singleton(ListBets, adapters.betting_views)
    see_markets = providers.Singleton(SeeMarkets, adapters.betting_views, adapters.meeting_views)
    see_leaderboard = providers.Singleton(
        SeeLeaderboard, adapters.leaderboards, adapters.club_views, adapters.friend_views, clock
    )

    watch_bets = providers.Singleton(WatchBets, unit_of_work, clock)
    propose_results = providers.Singleton(ProposeResults, unit_of_work, clock, adapters.dispute_window)
    see_due = providers.Singleton(SeeDue, unit_of_work, clock)
    reverse_round = providers.Singleton(ReverseRound, unit_of_work, clock)
    begin_ending = providers.Singleton(BeginEnding, unit_of_work, clock)
    pay_shard = providers.Singleton(PayShard, unit_of_work, clock)
    finish_ending = providers.Singleton(FinishEnding, unit_of_work, clock)
    dispute_market = providers.Singleton(DisputeMarket, unit_of_work, clock)
    rule_market = providers.Singleton(RuleMarket, unit_of_work, clock)
    correct_market = providers.Singleton(CorrectMarket, unit_of_work, clock)
    park_bets = providers.Singleton(ParkBets, unit_of_work)
    resume_bets = providers.Singleton(ResumeBets, unit_of_work)

    dispute_result = providers.Singleton(DisputeResult, unit_of_work, processes)
    rule_on_result = providers.Singleton(RuleOnResult, unit_of_work, processes)
    correct_result = providers.Singleton(CorrectResult, correct_market, processes)
    start_meeting = providers.Singleton(StartMeeting, processes)
    tell_meeting = providers.Singleton(TellMeeting, processes)
    reward_reading = providers.Singleton(RewardReading, unit_of_work, PointsUseCases.pay_for_reading)
    reward_coming = providers.Singleton(RewardComing, unit_of_work, PointsUseCases.pay_for_attendance)
    drive_meetings = providers.Singleton(DriveMeetings, processes, adapters.betting_views, clock)
