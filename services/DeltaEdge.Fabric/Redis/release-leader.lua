-- ARGV: 1 candidate
if redis.call('GET', root .. 'leader') == ARGV[1] then
  return redis.call('DEL', root .. 'leader')
end
return 0
