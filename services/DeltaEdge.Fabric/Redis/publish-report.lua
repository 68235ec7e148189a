-- A heartbeat: the report, alive for a while, and with it the worker's streams.
-- ARGV: 1 worker id, 2 report, 3 ttl ms
grace_left(ARGV[3])
redis.call('SET', root .. 'worker:' .. ARGV[1], ARGV[2], 'PX', ARGV[3])
redis.call('SADD', root .. 'workers', ARGV[1])
redis.call('PUBLISH', root .. 'changes', 'workers')
return 1
