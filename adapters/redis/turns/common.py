"""What all scripts about turns begin with. Times are microseconds on Valkey's clock, below 2^53."""

from typing import Final

from adapters.redis.turns.policies import BEGINS_AFTER, LASTS, microseconds

# A life of the server is one run of it: what an earlier one knew may be old, or gone. Tests put a clock and
# lives of their own here.
MOMENT: Final = """
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local life = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
"""

# Whoever held a seat in an earlier life may hold it still: `born` says until when that must be feared.
BEGIN: Final = f"""{MOMENT}
local feared_for = {microseconds(BEGINS_AFTER + LASTS)}
local function whole(number) return string.format('%.0f', number) end
local function all(key)
  local flat, fields = redis.call('HGETALL', key), {{}}
  for place = 1, #flat, 2 do fields[flat[place]] = flat[place + 1] end
  return fields
end
local function parts(text)
  local found = {{}}
  for part in string.gmatch(text, '[^:]+') do found[#found + 1] = part end
  return found
end
local function seats_of(key, count)
  local seats = all(key)
  if seats.life == life and seats.born and seats.count then return seats end
  redis.call('DEL', key)
  seats = {{life = life, born = whole(now), count = count}}
  redis.call('HSET', key, 'life', life, 'born', seats.born, 'count', count)
  return seats
end
"""
