-- ARGV: 1 stream, 2 worker, 3 version of the catalog known, 4 of the streams
-- Returns 1 if it was this worker's and is free now, else 0
local held = redis.call('HGET', root .. 'streams', ARGV[1])
if not held or worker_of(held) ~= ARGV[2] or is_older(ARGV[3], ARGV[4]) then
  return 0
end
drop(root .. 'streams', ARGV[1])
redis.call('PUBLISH', root .. 'changes', 'streams')
return 1
