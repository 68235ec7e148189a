-- ARGV: 1 stream, 2 epoch known, 3 revision that must be there (none: no record; any: whichever), 4 REVISION:JSON to put, or "" to remove,
-- 5 version of the catalog known, 6 of the streams
-- Returns 0 done, 1 exists, 2 unknown, 3 changed or 4 not now
if not is_epoch(ARGV[2]) or is_older(ARGV[5], ARGV[6]) then
  return 4
end
local catalog = root .. 'catalog'
local held = redis.call('HGET', catalog, ARGV[1])
if ARGV[3] == 'none' and held then
  return 1
elseif ARGV[3] ~= 'none' and not held then
  return 2
elseif ARGV[3] ~= 'none' and ARGV[3] ~= 'any' and number_of(held) ~= ARGV[3] then
  return 3
end
if ARGV[3] == 'none' or ARGV[4] == '' then
  local log = root .. 'log:' .. ARGV[1] -- Whoever adds a stream of this id later may be another tenant.
  redis.call('DEL', log, root .. 'head:' .. ARGV[1])
  redis.call('PUBLISH', log, '')
end
if ARGV[4] ~= '' then
  put(catalog, ARGV[1], ARGV[4])
else
  drop(catalog, ARGV[1])
  drop(root .. 'streams', ARGV[1]) -- What its owner still appends is refused.
end
redis.call('HDEL', catalog .. ':restored', ARGV[1]) -- From now on it is of this epoch, and nothing that is put back touches it.
redis.call('PUBLISH', root .. 'changes', 'catalog')
return 0
