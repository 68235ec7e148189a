-- ARGV: 1 version that the reader has
-- Returns { version or "", {id, key, …} }; the list is empty if the reader has that version
local version = redis.call('GET', root .. 'api-keys:version') or ''
if version ~= '' and version == ARGV[1] then
  return { version, {} }
end
return { version, redis.call('HGETALL', root .. 'api-keys') }
