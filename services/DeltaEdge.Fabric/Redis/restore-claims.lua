-- Puts claims back that were granted before the store lost them. Where two were, the later one is right.
-- ARGV: stream, FENCE:WORKER, …
local streams = root .. 'streams'
for i = 1, #ARGV, 2 do
  local held = redis.call('HGET', streams, ARGV[i])
  if not held or tonumber(number_of(held)) < tonumber(number_of(ARGV[i + 1])) then
    put(streams, ARGV[i], ARGV[i + 1])
    raise_to(root .. 'fence', number_of(ARGV[i + 1]))
  end
end
redis.call('PUBLISH', root .. 'changes', 'streams')
return 1
