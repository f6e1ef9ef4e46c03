"""Turns: one theoretical arrival time for each store (GCRA), shared by three lanes."""

from datetime import timedelta
from typing import Final

from adapters.redis.turns.common import BEGIN
from adapters.redis.turns.policies import (
    ASK_AGAIN,
    CATCH_UP,
    CLEAN_FOR,
    FASTER,
    FORGETS,
    KEPT_FOR,
    LANES,
    LATE,
    MAKES_UP,
    ONE_REFUSAL,
    SLOWER,
    SLOWEST,
    microseconds,
)
from adapters.redis.turns.seating import LEASES
from domain.prices.pace import SHARES

_NUMBERS: Final = f"""
local share = {{ {", ".join(str(SHARES[lane] / 100) for lane in LANES)} }}
local catch_up, late = {microseconds(CATCH_UP)}, {microseconds(LATE)}
local ask_again, forgets = {microseconds(ASK_AGAIN)}, {microseconds(FORGETS)}
local slower, slowest, faster = {SLOWER}, {SLOWEST}, {FASTER}
local clean_for, one_refusal = {microseconds(CLEAN_FOR)}, {microseconds(ONE_REFUSAL)}
local makes_up, kept_for = {MAKES_UP}, {KEPT_FOR // timedelta(milliseconds=1)}
"""

# Whatever was done before this life of the server was done when it began. A turn of which its taker heard too
# late, or not at all, is free again if it was the last one.
_KNOWN: Final = """
local store, me, lane, cost = KEYS[1], ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[4])
local apart, arrived, within = tonumber(ARGV[3]), now - ARGV[5], tonumber(ARGV[7])
local known, rules = all(store), {}
for place = 13, #ARGV, 4 do
  local each, burst, anew = unpack(ARGV, place + 1, place + 3)
  rules[#rules + 1] = {'rule' .. ARGV[place], tonumber(each), tonumber(burst), anew = tonumber(anew)}
end
if known.life ~= life or not known.due then
  local began = tonumber(seats_of(KEYS[2], ARGV[9]).born)
  known.due = math.max(tonumber(known.due or 0), began + ARGV[10] * apart)
  redis.call('HSET', store, 'life', life, 'due', whole(known.due))
  redis.call('HDEL', store, 'last')
  for _, rule in ipairs(rules) do
    if known[rule[1]] then
      known[rule[1]] = math.max(tonumber(known[rule[1]]), now) + math.ceil(forgets / apart) * rule[2]
      redis.call('HSET', store, rule[1], whole(known[rule[1]]))
    end
  end
end
local turn = me .. ':' .. lane .. ':'
if known.last == turn .. ARGV[12] and known.life == life then
  known.due = tonumber(known.before)
  redis.call('HSET', store, 'due', known.before)
  redis.call('HDEL', store, 'last')
end
for _, rule in ipairs(rules) do
  if not known[rule[1]] then
    known[rule[1]] = now + (rule[3] - rule.anew) * rule[2]
    redis.call('HSET', store, rule[1], whole(known[rule[1]]))
  end
  rule[4] = math.max(tonumber(known[rule[1]]), now) + cost * rule[2]
end
"""

# Of what a long rule has saved up, a lane leaves the shares of those above it alone.
_WHEN: Final = """
local pace = tonumber(known.pace or 1)
local step = math.ceil(apart / pace)
local from = math.max(known.due + (cost - 1) * step, tonumber(known.rests or 0), now - catch_up)
local above = 0
for place = 1, lane - 1 do above = above + share[place] end
for _, rule in ipairs(rules) do
  from = math.max(from, rule[4] - math.max(cost, math.floor(rule[3] * (1 - above))) * rule[2])
end
if ARGV[8] == '1' then
  from = free_of_leases(seats_of(KEYS[2], ARGV[9]), from, apart, cost * apart)
end
"""

# One head of a queue for each process and lane, `arrived:ready:back:waiting`. Within its share a lane goes
# before those that are beyond theirs; then the first lane; then the first come.
_OTHERS: Final = """
local mine = 'head' .. lane .. ':' .. me
local others, waits_in = {}, {0, 0, 0}
for field, said in pairs(known) do
  if string.sub(field, 1, 4) == 'head' and field ~= mine then
    local head, its = parts(said), tonumber(string.sub(field, 5, 5))
    if now > head[3] + late then
      redis.call('HDEL', store, field)
    else
      waits_in[its] = waits_in[its] + head[4]
      others[#others + 1] = {lane = its, arrived = tonumber(head[1]), ready = tonumber(head[2])}
    end
  end
end
local function beyond(which) return from < tonumber(known['lane' .. which] or 0) and 1 or 0 end
local function goes_before(other)
  local its, ours = beyond(other.lane), beyond(lane)
  if its ~= ours then return its < ours end
  if other.lane ~= lane then return other.lane < lane end
  return other.arrived < arrived
end
local before, expected = 0, false
for _, other in ipairs(others) do
  if other.ready <= from + step * #others and goes_before(other) then
    before = before + 1
    expected = expected or other.ready <= now + late
  end
end
local ours, first = share[lane], nil
for place = 1, 3 do
  if waits_in[place] > 0 or place == lane then first = first or place end
end
for place = 1, 3 do
  if first == lane and place ~= lane and waits_in[place] == 0 then ours = ours + share[place] end
end
local each, thousandths = step / ours, whole(pace * 1000)
"""

_GRANT: Final = """
if from <= now and not expected then
  redis.call('HSET', store, 'due', whole(from + cost * step))
  redis.call('HSET', store, 'last', turn .. ARGV[11], 'before', whole(known.due))
  if beyond(lane) == 0 then
    local credit = math.max(tonumber(known['lane' .. lane] or 0), from - makes_up * step)
    redis.call('HSET', store, 'lane' .. lane, whole(credit + cost * step / share[lane]))
  end
  for _, rule in ipairs(rules) do redis.call('HSET', store, rule[1], whole(rule[4])) end
  if pace < 1 and known.wanted and now - (known.since or 0) >= clean_for then
    redis.call('HSET', store, 'pace', math.min(1, pace + faster), 'since', whole(now))
    redis.call('HDEL', store, 'wanted')
  end
  redis.call('HDEL', store, mine)
  redis.call('PEXPIRE', store, kept_for)
  return {1, 0, whole(each), waits_in[lane], thousandths}
end
"""

_WAIT: Final = """
if pace < 1 then redis.call('HSET', store, 'wanted', 1) end
local promised, place = {}, 0  -- a moment for which nobody else will come may be ours before our time
for _, other in ipairs(others) do promised[math.floor((other.ready - from) / step + 0.5)] = true end
while place < before and promised[place] do place = place + 1 end
local wait = math.max(from + place * step - now, 1000)
local crowd = math.max(wait, from - now + waits_in[lane] * each)
if wait > within or (ARGV[5] == '0' and crowd > within) then
  redis.call('HDEL', store, mine)
  return {-1, whole(crowd), whole(each), waits_in[lane], thousandths}
end
local told = math.min(wait, ask_again)
local head = {whole(arrived), whole(now + wait), whole(now + told), ARGV[6]}
redis.call('HSET', store, mine, table.concat(head, ':'))
return {0, whole(told), whole(each), waits_in[lane], thousandths}
"""

# KEYS: the store, the seats. ARGV: 1 who asks, 2 the lane, 3 the least time between two calls, 4 for how
# many this one counts, 5 since when it has waited, 6 how many wait there, 7 how long it would still wait, 8
# whether the store has moments for seats, 9 how many seats there are, 10 for how many a call may count, 11
# the number of this question, 12 that of the last one if its turn was lost, then for each long rule its name,
# the time between two calls, how many may go at once, and how many of those where nothing is known.
# Answers 1 for a turn, 0 for "come back", -1 for "in vain"; the wait; the time between two calls of the lane;
# how many wait elsewhere in it; and the pace in thousandths of the safe rate.
TAKE: Final = BEGIN + LEASES + _NUMBERS + _KNOWN + _WHEN + _OTHERS + _GRANT + _WAIT

# KEYS: the store. ARGV: for how long it wants to be left in peace.
HOLD_BACK: Final = f"""{BEGIN}{_NUMBERS}
local known = all(KEYS[1])
local till = math.max(tonumber(known.rests or 0), now + ARGV[1])
redis.call('HSET', KEYS[1], 'rests', whole(till), 'since', whole(till))
if now >= tonumber(known.refused_until or 0) then
  local pace = math.max(slowest, tonumber(known.pace or 1) * slower)
  redis.call('HSET', KEYS[1], 'pace', pace, 'refused_until', whole(now + math.max(ARGV[1], one_refusal)))
end
redis.call('HDEL', KEYS[1], 'wanted')
redis.call('PEXPIRE', KEYS[1], kept_for)
return 1
"""

# KEYS: the store. ARGV: who waited there, in which lane. Nobody is waited for who has gone.
LEAVE: Final = "return redis.call('HDEL', KEYS[1], 'head' .. ARGV[2] .. ':' .. ARGV[1])"
