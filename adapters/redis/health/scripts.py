"""The health of a store in Valkey, on its clock: what `in_process.py` says in Python, for all processes
together.

A store that does well has no state here but the counts of the last minute and what is usual there.
"""

from typing import Final

from application.prices.store_health import (
    BUCKET,
    ENOUGH_PROBES,
    FAILING,
    ISOLATED_FOR,
    LONGEST_PAUSE,
    ODD,
    PAUSE,
    SLOW,
    SLOW_AFTER,
    STEP,
    USUAL,
    WINDOW,
)

KEPT_FOR: Final = 24 * 60 * 60  # seconds since the last word of it

# Tests put a clock of their own here.
MOMENT: Final = """
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
"""

_NUMBERS: Final = f"""
local window, bucket_of, enough_proofs, kept_for = {WINDOW}, {BUCKET}, {ENOUGH_PROBES}, {KEPT_FOR}
local failing, slow_share, odd_share, slow_after = {FAILING}, {SLOW}, {ODD}, {SLOW_AFTER}
local first_pause, longest_pause, isolated_for = {PAUSE}, {LONGEST_PAUSE}, {ISOLATED_FOR}
local step, usually = {STEP}, {USUAL}
"""

_KNOWN: Final = """
local key, at = KEYS[1], {}
local flat = redis.call('HGETALL', key)
for place = 1, #flat, 2 do at[flat[place]] = flat[place + 1] end
local state, turn, probe = at.state or 'closed', at.turn or '0', at.probe or ''
local function text(number) return string.format('%.6f', number) end
local function note(...)
  redis.call('HSET', key, ...)
  redis.call('EXPIRE', key, kept_for)
end
local function turn_to(which)
  for field in pairs(at) do
    if string.sub(field, 1, 1) == '@' then redis.call('HDEL', key, field) end
  end
  redis.call('HDEL', key, 'probe', 'proofs')
  note('state', which, 'turn', turn + 1)
  return which
end
"""
_BEGIN: Final = MOMENT + _NUMBERS + _KNOWN

# ARGV: a word for the probe, and for how long it may take (seconds). Answers whether to ask, the state, the
# turn, the probe, for how long not to ask, what is usual (or nothing), and the state it has turned to.
ADMIT: Final = f"""{_BEGIN}
local usual = at.usual or ''
if state == 'closed' then return {{1, state, turn, '', '0', usual, ''}} end
local wait = tonumber(at['until'] or 0) - now
if state == 'half_open' then wait = probe ~= '' and tonumber(at.probe_until) - now or 0 end
if wait > 0 then return {{0, state, turn, '', text(wait), usual, ''}} end
local turned = ''
if state ~= 'half_open' then
  turned = turn_to('half_open')
  turn = string.format('%.0f', turn + 1)
end
note('probe', ARGV[1], 'probe_until', text(now + ARGV[2]))
return {{1, 'half_open', turn, ARGV[1], '0', usual, turned}}
"""

# ARGV: 1 the turn, 2 the probe, 3 failed, 4 refused, 5 seconds, 6 quotes, 7 odd ones, 8 how many calls are
# enough, 9 by what to stretch the pause. Answers the state it has turned to, or nothing.
REPORT: Final = f"""{_BEGIN}
if ARGV[1] ~= turn then return '' end
if ARGV[4] == '1' then
  note('until', text(now + isolated_for))
  return turn_to('isolated')
end
if ARGV[2] ~= probe then return '' end
local function open()
  local again = state == 'half_open' or (at.closed_at and now - at.closed_at < window)
  local pauses = again and (at.pauses or 0) + 1 or 1
  local pause = math.min(longest_pause, first_pause * 2 ^ (pauses - 1)) * ARGV[9]
  note('pauses', pauses, 'until', text(now + pause))
  return turn_to('open')
end
local function bad(counts, enough)
  local calls, quotes = counts[1], counts[4]
  if quotes >= enough and counts[5] > odd_share * quotes then return true end
  return calls >= enough and (counts[2] >= failing * calls or counts[3] >= slow_share * calls)
end
local took, usual = tonumber(ARGV[5]), tonumber(at.usual)
local slow = took > math.max(slow_after, 2 * (usual or 0))
local one = {{1, tonumber(ARGV[3]), slow and 1 or 0, tonumber(ARGV[6]), tonumber(ARGV[7])}}

if state == 'half_open' then
  if slow or bad(one, 1) then return open() end
  local proofs = (at.proofs or 0) + 1
  redis.call('HDEL', key, 'probe')
  note('proofs', proofs)
  if proofs < enough_proofs then return '' end
  note('closed_at', text(now))
  return turn_to('closed')
end

if one[2] == 0 and not slow then
  if not usual then
    usual = took
  elseif took > usual then
    usual = usual * (1 + step * usually)
  else
    usual = usual * (1 - step * (1 - usually))
  end
  note('usual', text(usual))
end
local current, sums = math.floor(now / bucket_of), {{0, 0, 0, 0, 0}}
local function add(counts) for place = 1, 5 do sums[place] = sums[place] + counts[place] end end
local function counted(field)
  local counts = {{}}
  for number in string.gmatch(at[field], '%d+') do counts[#counts + 1] = tonumber(number) end
  return counts
end
local this = '@' .. current
if at[this] then
  local so_far = counted(this)
  for place = 1, 5 do one[place] = one[place] + so_far[place] end
end
note(this, table.concat(one, ' '))
add(one)
for field in pairs(at) do
  if string.sub(field, 1, 1) == '@' and field ~= this then
    if tonumber(string.sub(field, 2)) <= current - window / bucket_of then
      redis.call('HDEL', key, field)
    else
      add(counted(field))
    end
  end
end
at[this] = true
if bad(sums, tonumber(ARGV[8])) then return open() end
return ''
"""

# ARGV: the turn, the probe.
GIVE_BACK: Final = f"""{_BEGIN}
if ARGV[1] == turn and ARGV[2] == probe and probe ~= '' then redis.call('HDEL', key, 'probe') end
return ''
"""

READMIT: Final = f"""{_BEGIN}
if state == 'closed' then return '' end
redis.call('HDEL', key, 'pauses', 'closed_at')
return turn_to('closed')
"""

SCRIPTS: Final = (ADMIT, REPORT, GIVE_BACK, READMIT)
