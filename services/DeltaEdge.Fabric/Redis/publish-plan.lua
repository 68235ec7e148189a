-- An older plan never replaces a newer one, even after the newer one has run out, and a former leader none at all.
-- ARGV: 1 version, 2 plan, 3 ttl ms, 4 term
-- Returns { 1 published, 0 older or 3 not the leader, version on the board }
local current = tonumber(redis.call('GET', root .. 'plan:version') or '0')
local leader = redis.call('GET', root .. 'leader')
if not leader or number_of(leader) ~= ARGV[4] then
  return { 3, current }
end
if tonumber(ARGV[1]) <= current then
  return { 0, current }
end
redis.call('SET', root .. 'plan:version', ARGV[1])
redis.call('SET', root .. 'plan', ARGV[2], 'PX', ARGV[3])
redis.call('PUBLISH', root .. 'changes', 'plan')
return { 1, tonumber(ARGV[1]) }
