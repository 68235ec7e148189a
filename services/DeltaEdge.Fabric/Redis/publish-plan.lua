-- An older plan never replaces a newer one, even after the newer one has run out.
-- ARGV: 1 version, 2 plan, 3 ttl ms
-- Returns { 1 published or 0 older, version on the board }
local current = tonumber(redis.call('GET', root .. 'plan:version') or '0')
if tonumber(ARGV[1]) <= current then
  return { 0, current }
end
redis.call('SET', root .. 'plan:version', ARGV[1])
redis.call('SET', root .. 'plan', ARGV[2], 'PX', ARGV[3])
redis.call('PUBLISH', root .. 'changes', 'plan')
return { 1, tonumber(ARGV[1]) }
