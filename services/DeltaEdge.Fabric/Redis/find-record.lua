-- ARGV: 1 stream
-- Returns REVISION:JSON, or ""
return redis.call('HGET', root .. 'catalog', ARGV[1]) or ''
