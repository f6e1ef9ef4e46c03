"""Leases: what Valkey promises a process for the time when it can not be asked.

A seat is `holder:from:till:used_from:used_till`: in which moments its holder may call, and in which it may
have called before. A new lease replaces the old one only when its holder says that it has it: until then
both count.
"""

from typing import Final

from adapters.redis.turns.common import BEGIN

# KEYS: the seats. ARGV: who sits; how many seats there are; the seat it holds (-1: none) and from when on its
# present lease may be used; after how long a lease begins, and how long it lasts.
# Answers the seat or -1, the moment, and from and until when the new lease may be used.
SIT: Final = f"""{BEGIN}
local me, count, seat, has_from = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local seats = seats_of(KEYS[1], count)
local none = {{-1, whole(now), '0', '0'}}
if seats.count ~= count then return none end
local function of(place)
  local record = seats['seat' .. place]
  if not record then return nil end
  local said = parts(record)
  for place = 2, 5 do said[place] = tonumber(said[place]) end
  return said
end

local fresh = now + ARGV[5]
local from, used_from, used_till = math.min(has_from, fresh), 0, 0
local record = seat >= 0 and of(seat)
if record and record[1] ~= me then record, seat = nil, -1 end
if record then
  used_from, used_till = record[4], record[5]
  if record[2] <= now and from > record[2] then
    if used_till < now - feared_for then used_from = record[2] end
    used_till = now
  end
elseif seat >= 0 then
  used_till = now  -- it held the seat in an earlier life, and may have used any moment until now
else
  from = fresh
  for place = count - 1, 0, -1 do
    record = of(place)
    if record and now > record[3] then
      seat, used_from, used_till = place, record[2], record[3]
    elseif not record and now > seats.born + feared_for then
      seat, used_from, used_till = place, 0, 0
    end
  end
end
if seat < 0 then return none end
local till = fresh + ARGV[6]
local told = {{me, whole(from), whole(till), whole(used_from), whole(used_till)}}
redis.call('HSET', KEYS[1], 'seat' .. seat, table.concat(told, ':'))
return {{seat, whole(now), whole(fresh), whole(till)}}
"""

# KEYS: the seats. ARGV: who gets up, and from where. It uses no moment of the seat any more.
GET_UP: Final = f"""{BEGIN}
local seats = all(KEYS[1])
local record = seats['seat' .. ARGV[2]]
local said = record and parts(record)
if seats.life ~= life or not said or said[1] ~= ARGV[1] then return 0 end
local used_from, used_till = said[4], said[5]
if tonumber(said[2]) <= now then used_from, used_till = said[2], whole(now) end
local told = {{'nobody', whole(now), whole(now), used_from, used_till}}
redis.call('HSET', KEYS[1], 'seat' .. ARGV[2], table.concat(told, ':'))
return 1
"""

# For other scripts. Of all multiples of `apart` the even ones are nobody's, and the odd ones are dealt to
# the seats in turn. `free_of_leases` is the first moment from `from` on that lies `reach` away from every
# one that a seat may use or may have used.
LEASES: Final = """
local function leased(seats)
  local spans = {}
  for seat = 0, tonumber(seats.count) - 1 do
    local record = seats['seat' .. seat]
    if record then
      local said = parts(record)
      spans[#spans + 1] = {seat, tonumber(said[2]), tonumber(said[3])}
      spans[#spans + 1] = {seat, tonumber(said[4]), tonumber(said[5])}
    else
      spans[#spans + 1] = {seat, 0, seats.born + feared_for}
    end
  end
  return spans
end
local function taken(spans, seat, moment)
  for _, span in ipairs(spans) do
    if span[1] == seat and span[2] <= moment and moment <= span[3] then return true end
  end
  return false
end
local function free_of_leases(seats, from, apart, reach)
  local spans, count, near = leased(seats), tonumber(seats.count), false
  for _, span in ipairs(spans) do
    near = near or (span[2] < from + reach and span[3] > from - reach)
  end
  if not near then return from end
  for _ = 1, 4 * count do
    local hit = nil
    for place = math.floor((from - reach) / apart) + 1, math.ceil((from + reach) / apart) - 1 do
      local seat = ((place - 1) / 2) % count
      if place % 2 == 1 and taken(spans, seat, place * apart) then hit = place * apart end
    end
    if not hit then return from end
    from = hit + reach
  end
  return now + feared_for
end
"""
