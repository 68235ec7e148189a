-- ARGV: 1 candidate
local held = redis.call('GET', root .. 'leader')
if held and worker_of(held) == ARGV[1] then
  return redis.call('DEL', root .. 'leader')
end
return 0
