-- A heartbeat: the report, alive for a while, and with it the worker's streams. Others are told at once of what changes who serves;
-- the rest they read when they look: else every heartbeat would have every process read every report.
-- ARGV: 1 worker id, 2 report, 3 ttl ms, 4 1 if its address, model or draining may differ from what was published last
grace_left(ARGV[3])
local is_news = ARGV[4] == '1' or not is_live(ARGV[1])
redis.call('SET', root .. 'worker:' .. ARGV[1], ARGV[2], 'PX', ARGV[3])
redis.call('SADD', root .. 'workers', ARGV[1])
if is_news then
  redis.call('PUBLISH', root .. 'changes', 'workers')
end
return 1
