"""What Valkey does in one go for the prices that processes share.

An edition has three kinds of keys with one hash tag, so that a cluster has them in one place. What stores
told is a hash, gone some hours after nobody asked for it any more: a field a store, the moment of its answer
(16 digits of microseconds) and then the answer; under the store's name with `!`, the moment of its last
failure, the number of failures and the reason; under `*`, whether all that lasts is there. How much an
edition is asked for is kept longer, as it is small. Who is asking a store about it has a key while that goes
on.
"""

from typing import Final

_MOMENT: Final = """
local digits = '^' .. string.rep('%d', 16)
local function moment_of(field) return field and string.match(field, digits) or '' end
"""

# KEYS: what stores told, how much it is asked for. ARGV: how often it was, the half-life of a question
# (microseconds), for how long to keep the one and the other (milliseconds). Answers the weight of all
# questions and what stores told. A hash is begun where none is: what is told from now on goes into it.
# Whatever else lies at these keys is thrown away.
RECALL: Final = """
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local weight, at = 0, now
local asked = redis.pcall('GET', KEYS[2])
if type(asked) == 'string' then
  local before, moment = string.match(asked, '^(%d+%.%d+) (%d+)$')
  weight, at = tonumber(before or '') or 0, tonumber(moment or '') or now
end
weight = weight * 2 ^ (math.min(at - now, 0) / ARGV[2]) + ARGV[1]
redis.call('SET', KEYS[2], string.format('%.3f %.0f', weight, now), 'PX', ARGV[4])
local told = redis.pcall('HGETALL', KEYS[1])
if told.err then redis.call('DEL', KEYS[1]) told = {} end
if #told == 0 then redis.call('HSET', KEYS[1], '*', '0') end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return {string.format('%.3f', weight), told}
"""

# KEYS: what stores told. ARGV: for how long to keep it if this is all that lasts (milliseconds), else 0; then
# of each piece of news its field, moment, and answer or reason. The later wins. Of what nobody asks for
# nothing is kept here.
KEEP: Final = (
    _MOMENT
    + """
local there = redis.pcall('HGET', KEYS[1], '*')
if type(there) == 'table' then redis.call('DEL', KEYS[1]) there = false end
if not there and ARGV[1] == '0' then return 0 end
for place = 2, #ARGV, 3 do
  local field, moment, said = ARGV[place], ARGV[place + 1], ARGV[place + 2]
  local store = string.match(field, '^[^!]*')
  local told, failed = unpack(redis.call('HMGET', KEYS[1], store, store .. '!'))
  if store == field then
    if moment >= moment_of(told) then
      redis.call('HSET', KEYS[1], store, moment .. said)
      if moment >= moment_of(failed) then redis.call('HDEL', KEYS[1], store .. '!') end
    end
  elseif moment > moment_of(told) and moment > moment_of(failed) then
    local failures = (tonumber(string.match(failed or '', '^%d+ (%d+) ') or '') or 0) + 1
    redis.call('HSET', KEYS[1], field, string.format('%s %d %s', moment, failures, said))
  end
end
if ARGV[1] ~= '0' then
  redis.call('HSET', KEYS[1], '*', '1')
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
end
return 1
"""
)

# KEYS: who asks, what stores told. ARGV: the store, the moment since which news counts (empty: ever), our
# word, for how long it counts (milliseconds). Answers the news, or whether it is for us to ask.
CLAIM: Final = (
    _MOMENT
    + """
local found = redis.pcall('HMGET', KEYS[2], ARGV[1], ARGV[1] .. '!')
if not found.err then
  local told, failed = moment_of(found[1]), moment_of(found[2])
  if told > ARGV[2] and told >= failed then return {'told', found[1]} end
  if failed > ARGV[2] then return {'failed', found[2]} end
end
if redis.call('SET', KEYS[1], ARGV[3], 'NX', 'PX', ARGV[4]) then return {'ours'} end
if redis.call('PTTL', KEYS[1]) < 0 then
  redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[4])
  return {'ours'}
end
return {'another'}
"""
)

# KEYS: who asks. ARGV: our word.
LEAVE: Final = """
if redis.pcall('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
"""
