-- ARGV: 1 stream, 2 last id that was read, 3 most entries, 4 longest age ms
-- Returns { 1 if the log began anew, missed, last id, {id, a or e, JSON, …} }
local log, head = root .. 'log:' .. ARGV[1], root .. 'head:' .. ARGV[1]
local known = redis.call('HMGET', head, 'start', 'last')
local after = tonumber(ARGV[2])
if not known[2] then
  return { after > 0 and 1 or 0, '0', '0', {} }
end

local start, last = tonumber(known[1]), tonumber(known[2])
trim(log, head, math.huge, math.huge, now_us() / 1000 - ARGV[4])
local anew = after > 0 and (after < start or after > last)
local from, missed = after, 0
if after == 0 or anew then
  from = start
else
  local oldest = redis.call('XRANGE', log, '-', '+', 'COUNT', 1)[1]
  missed = math.max(0, (oldest and tonumber(string.match(oldest[1], '^%d+')) or last + 1) - from - 1)
end

local entries = {}
for _, entry in ipairs(redis.call('XRANGE', log, whole(from + 1), '+', 'COUNT', ARGV[3])) do
  entries[#entries + 1] = string.match(entry[1], '^%d+')
  entries[#entries + 1] = entry[2][3]
  entries[#entries + 1] = entry[2][4]
end
return { anew and 1 or 0, whole(missed), whole(last), entries }
