-- ARGV: 1 stream, 2 worker
-- Returns 1 if it was this worker's, else 0
local held = redis.call('HGET', root .. 'streams', ARGV[1])
if not held or worker_of(held) ~= ARGV[2] then
  return 0
end
drop(root .. 'streams', ARGV[1])
redis.call('PUBLISH', root .. 'changes', 'streams')
return 1
