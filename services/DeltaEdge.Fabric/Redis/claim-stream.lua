-- ARGV: 1 stream, 2 worker, 3 epoch known, 4 report ttl ms, 5 version of the catalog known, 6 of the streams
-- Returns { 0 taken, 1 granted, 2 unknown worker or 3 not now; FENCE:WORKER of the owner now, or "" }
local grace = grace_left(ARGV[4])
if not is_epoch(ARGV[3]) or is_older(ARGV[5], ARGV[6]) then
  return { 3, '' }
end
if not is_live(ARGV[2]) then
  return { 2, '' }
end
local streams = root .. 'streams'
local held = redis.call('HGET', streams, ARGV[1])
if held then
  local owner = worker_of(held)
  if owner == ARGV[2] then
    return { 1, held }
  end
  if grace > 0 or is_live(owner) then
    return { 0, held }
  end
elseif grace > 0 then
  return { 3, '' } -- Its owner may be about to put its claim back.
end
local mine = whole(rise(root .. 'fence')) .. ':' .. ARGV[2]
put(streams, ARGV[1], mine)
redis.call('PUBLISH', root .. 'changes', 'streams')
return { 1, mine }
