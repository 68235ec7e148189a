-- Everything a process does not know yet, in one round trip.
-- ARGV: 1 epoch known or "", 2 version of the catalog known, 3 of the streams, 4 an epoch to begin if there is none, 5 report ttl ms
-- Returns { {report, ttl ms, …}, plan or "", plan ttl ms, epoch, grace left ms, changes of the catalog, changes of the streams }
local catalog, streams = root .. 'catalog', root .. 'streams'
local epoch = redis.call('GET', root .. 'epoch')
local has_lost = epoch == ARGV[1] and is_older(ARGV[2], ARGV[3])
if has_lost then
  mark_as_restored(catalog) -- It has lost its last moments: what it holds is worth no more than what a process of its version would put back.
end
if not epoch or has_lost then
  epoch = ARGV[4]
  redis.call('SET', root .. 'epoch', epoch)
end

local anew = ARGV[1] ~= epoch
if anew and ARGV[1] ~= '' then
  open_grace(ARGV[5]) -- The store has lost what this process knows: first it is put back.
end

local grace = grace_left(ARGV[5])
local reports, lost, any_lost = {}, {}, false
for _, id in ipairs(redis.call('SMEMBERS', root .. 'workers')) do
  local key = root .. 'worker:' .. id
  local report = redis.call('GET', key)
  if report then
    reports[#reports + 1] = report
    reports[#reports + 1] = redis.call('PTTL', key)
  elseif grace == 0 then
    redis.call('SREM', root .. 'workers', id)
    lost[id], any_lost = true, true
  end
end

if any_lost then
  local held = redis.call('HGETALL', streams)
  for i = 1, #held, 2 do
    if lost[worker_of(held[i + 1])] then
      drop(streams, held[i])
    end
  end
end

local plan = redis.call('GET', root .. 'plan')
return {
  reports, plan or '', plan and redis.call('PTTL', root .. 'plan') or 0, epoch, grace,
  changes(catalog, anew and '0' or ARGV[2]), changes(streams, anew and '0' or ARGV[3])
}
