-- ARGV: 1 new version, 2 'add' if none of them may be there yet, else 'put', 3 id, 4 key, …
-- Returns 1, or 0 if one is there
if ARGV[2] == 'add' then
  for i = 3, #ARGV, 2 do
    if redis.call('HEXISTS', root .. 'api-keys', ARGV[i]) == 1 then
      return 0
    end
  end
end
for i = 3, #ARGV, 2 do
  redis.call('HSET', root .. 'api-keys', ARGV[i], ARGV[i + 1])
end
redis.call('SET', root .. 'api-keys:version', ARGV[1])
return 1
