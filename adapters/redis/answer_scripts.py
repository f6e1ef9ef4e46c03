"""What Valkey does in one go for answers that processes share. Times are microseconds on its own clock, which
all processes have in common: an answer is as old as the moment before it was asked for, so that whatever
changed since then is seen to be newer.

Keys of tags are made in the scripts from their names: this needs one server and not a cluster.
"""

from typing import Final

_NOW: Final = """
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
"""

# KEYS: the answer, who asks for it. ARGV: oldest and early (microseconds), our word, for how long it counts
# (milliseconds), what keys of tags begin with. Answers now, whether it is for us to ask, and if there is an
# answer its age, entity tag, tags, packing and body. Whatever else lies at these keys is thrown away.
FIND: Final = (
    _NOW
    + """
local kept = redis.pcall('HMGET', KEYS[1], 'asked', 'etag', 'tags', 'packing', 'body')
if kept.err then redis.call('DEL', KEYS[1]) kept = {} end
local asked, age = tonumber(kept[1] or ''), -1
local whole = asked and kept[2] and kept[3] and kept[4] and kept[5]
if whole and now >= asked and now - asked <= tonumber(ARGV[1]) then
  local tags = {ARGV[5] .. '*'}
  for tag in string.gmatch(kept[3], '%S+') do tags[#tags + 1] = ARGV[5] .. tag end
  age = now - asked
  for _, changed in ipairs(redis.call('MGET', unpack(tags))) do
    if changed and (tonumber(changed) or now) >= asked then age = -1 end
  end
end
local ours = 0
if age < 0 or age >= tonumber(ARGV[2]) then
  if redis.call('SET', KEYS[2], ARGV[3], 'NX', 'PX', ARGV[4]) then
    ours = 1
  elseif redis.call('PTTL', KEYS[2]) < 0 then
    redis.call('SET', KEYS[2], ARGV[3], 'PX', ARGV[4])
    ours = 1
  end
end
local moment = string.format('%.0f', now)
if age < 0 then return {moment, ours} end
return {moment, ours, string.format('%.0f', age), kept[2], kept[3], kept[4], kept[5]}
"""
)

# KEYS: as above. ARGV: asked, entity tag, tags, packing, body, milliseconds to keep it, our word.
KEEP: Final = """
local there = redis.pcall('HGET', KEYS[1], 'asked')
if type(there) == 'table' then redis.call('DEL', KEYS[1]) there = false end
if (tonumber(there or '') or 0) < tonumber(ARGV[1]) then
  redis.call('HSET', KEYS[1], 'asked', ARGV[1], 'etag', ARGV[2], 'tags', ARGV[3])
  redis.call('HSET', KEYS[1], 'packing', ARGV[4], 'body', ARGV[5])
  redis.call('PEXPIRE', KEYS[1], ARGV[6])
end
if redis.pcall('GET', KEYS[2]) == ARGV[7] then redis.call('DEL', KEYS[2]) end
"""

# KEYS: who asks for it. ARGV: our word.
LEAVE: Final = """
if redis.pcall('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
"""

# ARGV: the channel, for how long to remember (milliseconds), what keys of tags begin with, the message, tags.
FORGET: Final = (
    _NOW
    + """
for place = 5, #ARGV do
  redis.call('SET', ARGV[3] .. ARGV[place], string.format('%.0f', now), 'PX', ARGV[2])
end
redis.call('PUBLISH', ARGV[1], ARGV[4])
"""
)
