-- ARGV: 1 candidate, 2 ttl ms
-- Returns 1 if the candidate leads now
local holder = redis.call('GET', root .. 'leader')
if holder and holder ~= ARGV[1] then
  return 0
end
redis.call('SET', root .. 'leader', ARGV[1], 'PX', ARGV[2])
return 1
