-- KEYS: 1 stream owners, 2 fence    ARGV: 1 stream, 2 worker, 3 prefix of report keys, 4 channel
-- Returns { 0 taken, 1 granted or 2 unknown worker; FENCE:WORKER of the owner now, or "" }
if redis.call('EXISTS', ARGV[3] .. ARGV[2]) == 0 then
  return { 2, '' }
end
local held = redis.call('HGET', KEYS[1], ARGV[1])
if held then
  local owner = string.match(held, '^%d+:(.*)$')
  if owner == ARGV[2] then
    return { 1, held }
  end
  if redis.call('EXISTS', ARGV[3] .. owner) == 1 then
    return { 0, held }
  end
end
local mine = redis.call('INCR', KEYS[2]) .. ':' .. ARGV[2]
redis.call('HSET', KEYS[1], ARGV[1], mine)
redis.call('PUBLISH', ARGV[4], 'streams')
return { 1, mine }
