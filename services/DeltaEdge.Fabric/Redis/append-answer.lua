-- ARGV: 1 stream, 2 fence, 3 writer, 4 sequence, 5 a answer or e event, 6 JSON, 7 epoch known, 8 most entries kept, 9 most bytes, 10 longest age ms
-- Returns { 0 appended, 1 not the owner or 2 not now; id }
if not is_epoch(ARGV[7]) then
  return { 2, '0' }
end
local held = redis.call('HGET', root .. 'streams', ARGV[1])
if not held or number_of(held) ~= ARGV[2] then
  return { 1, '0' }
end

-- A camera that was silent for longer than its answers are kept goes on in the same log, and tells its readers of no gap.
local head_kept_ms = 7 * 24 * 3600 * 1000
local log, head = root .. 'log:' .. ARGV[1], root .. 'head:' .. ARGV[1]
local known = redis.call('HMGET', head, 'last', 'fence', 'writer', 'sequence', 'epoch')
local last, before = tonumber(known[1]), tonumber(known[4])
if known[5] ~= ARGV[7] then
  last = now_us() -- Far above an earlier life of this log, also above what an older store has lost of it.
  redis.call('DEL', log)
  redis.call('HSET', head, 'start', whole(last), 'epoch', ARGV[7], 'bytes', 0)
elseif known[2] == ARGV[2] and known[3] == ARGV[3] and tonumber(ARGV[4]) <= before then
  return { 0, whole(last - (before - tonumber(ARGV[4]))) }
end

if redis.call('EXISTS', log) == 0 then
  redis.call('HSET', head, 'bytes', 0) -- It was silent until everything had run out.
end
local id = whole(last + 1)
local now = now_us() / 1000
redis.call('XADD', log, id .. '-0', 't', whole(now), ARGV[5], ARGV[6])
redis.call('HSET', head, 'last', id, 'fence', ARGV[2], 'writer', ARGV[3], 'sequence', ARGV[4])
redis.call('HINCRBY', head, 'bytes', #ARGV[6])
trim(log, head, tonumber(ARGV[8]), tonumber(ARGV[9]), now - ARGV[10])
redis.call('PEXPIRE', log, ARGV[10])
redis.call('PEXPIRE', head, ARGV[10] + head_kept_ms)
redis.call('PUBLISH', log, id)
return { 0, id }
