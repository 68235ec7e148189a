-- A worker says goodbye; its streams are free.
-- KEYS: 1 worker ids, 2 report, 3 stream owners    ARGV: 1 worker id, 2 channel
redis.call('DEL', KEYS[2])
redis.call('SREM', KEYS[1], ARGV[1])
local held = redis.call('HGETALL', KEYS[3])
for i = 1, #held, 2 do
  if string.match(held[i + 1], '^%d+:(.*)$') == ARGV[1] then
    redis.call('HDEL', KEYS[3], held[i])
  end
end
redis.call('PUBLISH', ARGV[2], 'left:' .. ARGV[1])
return 1
