-- ARGV: 1 stream, 2 fence, 3 sequence, 4 a answer or e event, 5 JSON, 6 entries kept, 7 longest age ms, 8 epoch known
-- Returns { 0 appended, 1 not the owner or 2 not now; id }
if not is_epoch(ARGV[8]) then
  return { 2, '0' }
end
local held = redis.call('HGET', root .. 'streams', ARGV[1])
if not held or number_of(held) ~= ARGV[2] then
  return { 1, '0' }
end

local log, head = root .. 'log:' .. ARGV[1], root .. 'head:' .. ARGV[1]
local known = redis.call('HMGET', head, 'last', 'fence', 'sequence')
local last, before = tonumber(known[1]), tonumber(known[3])
if not last then
  last = now_us() -- Far above an earlier life of this log.
  redis.call('HSET', head, 'start', whole(last))
elseif known[2] == ARGV[2] and tonumber(ARGV[3]) <= before then
  return { 0, whole(last - (before - tonumber(ARGV[3]))) }
end

local id = whole(last + 1)
local now = now_us() / 1000
redis.call('XADD', log, 'MAXLEN', ARGV[6], id .. '-0', 't', whole(now), ARGV[4], ARGV[5])
redis.call('HSET', head, 'last', id, 'fence', ARGV[2], 'sequence', ARGV[3])
forget_old(log, now - ARGV[7])
redis.call('PEXPIRE', log, ARGV[7])
redis.call('PEXPIRE', head, ARGV[7])
redis.call('PUBLISH', log, id)
return { 0, id }
