-- A worker says goodbye; its streams are free.
-- ARGV: 1 worker id, 2 version of the catalog known, 3 of the streams
-- Returns 1, or 0 if not now
if is_older(ARGV[2], ARGV[3]) then
  return 0
end
redis.call('DEL', root .. 'worker:' .. ARGV[1])
redis.call('SREM', root .. 'workers', ARGV[1])
local streams = root .. 'streams'
local held = redis.call('HGETALL', streams)
for i = 1, #held, 2 do
  if worker_of(held[i + 1]) == ARGV[1] then
    drop(streams, held[i])
  end
end
redis.call('PUBLISH', root .. 'changes', 'left:' .. ARGV[1])
return 1
