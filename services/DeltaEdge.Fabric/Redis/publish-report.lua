-- A heartbeat: the report, alive for a while, and with it the worker's streams.
-- KEYS: 1 worker ids, 2 report    ARGV: 1 worker id, 2 report, 3 ttl ms, 4 channel
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('PUBLISH', ARGV[4], 'workers')
return 1
