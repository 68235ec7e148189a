-- An older plan never replaces a newer one, even after the newer one has run out.
-- KEYS: 1 plan, 2 plan version    ARGV: 1 version, 2 plan, 3 ttl ms, 4 channel
-- Returns { 1 published or 0 older, version on the board }
local current = tonumber(redis.call('GET', KEYS[2]) or '0')
if tonumber(ARGV[1]) <= current then
  return { 0, current }
end
redis.call('SET', KEYS[2], ARGV[1])
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
redis.call('PUBLISH', ARGV[4], 'plan')
return { 1, tonumber(ARGV[1]) }
