-- ARGV: 1 stream
local log = root .. 'log:' .. ARGV[1]
redis.call('DEL', log, root .. 'head:' .. ARGV[1])
redis.call('PUBLISH', log, '')
return 1
