"""By what stores are asked in turn."""

from redis.asyncio import Redis

from adapters.redis.health.scripts import SCRIPTS as HEALTH
from adapters.redis.line import Line
from adapters.redis.store_records import SCRIPTS as RECORDS
from adapters.redis.turns.valkey_turns import ANSWERS_WITHIN
from adapters.redis.turns.valkey_turns import SCRIPTS as TURNS


def store_scripts(redis: Redis) -> Line:
    """One connection for the turns at stores, their health and their records."""
    return Line(redis, ANSWERS_WITHIN, (*TURNS, *HEALTH, *RECORDS))
