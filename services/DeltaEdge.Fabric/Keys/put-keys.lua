-- ARGV: 1 new version, 2 'add' if none of them may be there yet, else 'put', 3 id, 4 key, …
-- Returns 1, or 0 if one is there
local keys = root .. 'api-keys'
for i = 3, #ARGV, 2 do
  if ARGV[2] == 'add' and redis.call('HEXISTS', keys, ARGV[i]) == 1 then
    return 0
  end
end
for i = 3, #ARGV, 2 do
  local held = redis.call('HGET', keys, ARGV[i])
  local is_json, key = pcall(cjson.decode, held or '{}')
  if not (is_json and type(key) == 'table' and key.is_revoked) then -- Whoever puts back what was lost may not know that it was revoked.
    redis.call('HSET', keys, ARGV[i], ARGV[i + 1])
  end
end
redis.call('SET', root .. 'api-keys:version', ARGV[1])
return 1
