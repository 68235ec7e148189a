-- KEYS: 1 leader    ARGV: 1 candidate, 2 ttl ms
-- Returns 1 if the candidate leads now
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
