-- Everything a process needs to know, in one round trip.
-- KEYS: 1 worker ids, 2 plan, 3 stream owners    ARGV: 1 prefix of report keys
-- Returns { {report, ttl ms, …}, plan or "", plan ttl ms, {stream, FENCE:WORKER, …} }
local reports, live = {}, {}
for _, id in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  local report = redis.call('GET', ARGV[1] .. id)
  if report then
    live[id] = true
    reports[#reports + 1] = report
    reports[#reports + 1] = redis.call('PTTL', ARGV[1] .. id)
  else
    redis.call('SREM', KEYS[1], id)
  end
end

local plan = redis.call('GET', KEYS[2])
local owners = {}
local held = redis.call('HGETALL', KEYS[3])
for i = 1, #held, 2 do
  if live[string.match(held[i + 1], '^%d+:(.*)$')] then
    owners[#owners + 1] = held[i]
    owners[#owners + 1] = held[i + 1]
  else
    redis.call('HDEL', KEYS[3], held[i])
  end
end

return { reports, plan or '', plan and redis.call('PTTL', KEYS[2]) or 0, owners }
