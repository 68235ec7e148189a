-- A worker says goodbye; its streams are free.
-- ARGV: 1 worker id
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
