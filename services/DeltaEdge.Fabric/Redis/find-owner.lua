-- ARGV: 1 stream, 2 report ttl ms
-- Returns FENCE:WORKER, or "" if nobody who is not lost owns it
local held = redis.call('HGET', root .. 'streams', ARGV[1])
if held and (grace_left(ARGV[2]) > 0 or is_live(worker_of(held))) then
  return held
end
return ''
