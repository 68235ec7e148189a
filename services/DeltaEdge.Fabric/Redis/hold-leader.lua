-- ARGV: 1 candidate, 2 ttl ms
-- Returns the term in which the candidate leads now, or 0
local leader = root .. 'leader'
local held = redis.call('GET', leader)
if held and worker_of(held) ~= ARGV[1] then
  return '0'
end
local term = held and number_of(held) or whole(rise(leader .. ':term'))
redis.call('SET', leader, term .. ':' .. ARGV[1], 'PX', ARGV[2])
return term
