-- KEYS: 1 stream owners    ARGV: 1 stream, 2 worker, 3 channel
-- Returns 1 if it was this worker's, else 0
local held = redis.call('HGET', KEYS[1], ARGV[1])
if not held or string.match(held, '^%d+:(.*)$') ~= ARGV[2] then
  return 0
end
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('PUBLISH', ARGV[3], 'streams')
return 1
