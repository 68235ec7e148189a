-- Puts records back that the store has lost. Several processes do so, and do not know equally much: the newest version they had
-- read is right about what there was and what had been removed. Sent in parts; the last one says so.
-- ARGV: 1 version the process had read, 2 1 if this is the last part, then stream, REVISION:JSON, …
local catalog = root .. 'catalog'
local restored, version = catalog .. ':restored', tonumber(ARGV[1])
if version <= tonumber(redis.call('GET', catalog .. ':base') or '0') then
  return 0
end

raise_to(catalog .. ':version', ARGV[1])
for i = 3, #ARGV, 2 do
  local mark = redis.call('HGET', restored, ARGV[i])
  local of_this_epoch = redis.call('HEXISTS', catalog, ARGV[i]) == 1 or redis.call('ZSCORE', catalog .. ':gone', ARGV[i])
  if mark and tonumber(mark) < version or not mark and not of_this_epoch then
    put(catalog, ARGV[i], ARGV[i + 1])
    redis.call('HSET', restored, ARGV[i], ARGV[1])
  end
end

if ARGV[2] == '1' then
  local marks = redis.call('HGETALL', restored)
  for i = 1, #marks, 2 do
    if tonumber(marks[i + 1]) < version then
      drop(catalog, marks[i])
      redis.call('HSET', restored, marks[i], ARGV[1])
    end
  end
  redis.call('SET', catalog .. ':base', ARGV[1])
end
redis.call('PUBLISH', root .. 'changes', 'catalog')
return 1
