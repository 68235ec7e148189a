-- Put before every script. KEYS[1] is what every key starts with; keys and their types are listed in RedisKeys.
-- Time is the server's own, and only ever compared with itself.
local root = KEYS[1]

local function now_us()
  local t = redis.call('TIME')
  return t[1] * 1000000 + t[2]
end

local function whole(number)
  return string.format('%.0f', number)
end

-- The next number of a counter. It starts at the time, so that a store that has lost everything goes on above what it gave out before.
local function rise(counter)
  local number = math.max(tonumber(redis.call('GET', counter) or '0') + 1, now_us())
  redis.call('SET', counter, whole(number))
  return number
end

local function raise_to(counter, number)
  if tonumber(redis.call('GET', counter) or '0') < tonumber(number) then
    redis.call('SET', counter, number)
  end
end

-- Two maps, catalog and streams, remember by version what was put and what was dropped, so that a reader is told only what is new.
local gone_kept = 10000

local function put(map, id, value)
  local version = whole(rise(map .. ':version'))
  redis.call('HSET', map, id, value)
  redis.call('ZADD', map .. ':put', version, id)
  redis.call('ZREM', map .. ':gone', id)
end

local function drop(map, id)
  if redis.call('HDEL', map, id) == 0 then
    return false
  end
  local version = whole(rise(map .. ':version'))
  local gone = map .. ':gone'
  redis.call('ZREM', map .. ':put', id)
  redis.call('ZADD', gone, version, id)
  if redis.call('ZCARD', gone) > gone_kept then
    redis.call('SET', map .. ':floor', redis.call('ZPOPMIN', gone)[2])
  end
  return true
end

-- { version, 1 if this is the whole map, {id, value, …}, {id that is gone, …} }
local function changes(map, known)
  local version = redis.call('GET', map .. ':version') or '0'
  if known == version then
    return { version, 0, {}, {} }
  end
  if known == '0' or tonumber(known) < tonumber(redis.call('GET', map .. ':floor') or '0') then
    return { version, 1, redis.call('HGETALL', map), {} }
  end
  local news = {}
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', map .. ':put', '(' .. known, '+inf')) do
    news[#news + 1] = id
    news[#news + 1] = redis.call('HGET', map, id)
  end
  return { version, 0, news, redis.call('ZRANGEBYSCORE', map .. ':gone', '(' .. known, '+inf') }
end

local function is_behind(map, known)
  return tonumber(redis.call('GET', map .. ':version') or '0') < tonumber(known)
end

-- Whether the store has lost what a process had read. Until a read-all has seen to that nothing may raise a version: it would look as
-- if nothing were lost.
local function is_older(catalog_known, streams_known)
  return is_behind(root .. 'catalog', catalog_known) or is_behind(root .. 'streams', streams_known)
end

-- From now on what was put back of a newer version goes before what there is, and before what there is no more.
local function mark_as_restored(map)
  local version = redis.call('GET', map .. ':version') or '0'
  for _, id in ipairs(redis.call('HKEYS', map)) do
    redis.call('HSET', map .. ':restored', id, version)
  end
  redis.call('DEL', map .. ':gone')
end

local function open_grace(ttl_ms)
  redis.call('SET', root .. 'grace', '1', 'PX', ttl_ms)
end

-- Milliseconds for which silence still proves nothing. When nobody came by for half a report's life, the store was away from
-- everyone, and everyone gets one life to be heard again.
local function grace_left(ttl_ms)
  local now = now_us() / 1000
  local seen = tonumber(redis.call('GET', root .. 'seen') or whole(now))
  if now - seen > ttl_ms / 2 then
    open_grace(ttl_ms)
  end
  redis.call('SET', root .. 'seen', whole(now))
  return math.max(0, redis.call('PTTL', root .. 'grace'))
end

local function is_epoch(known)
  return redis.call('GET', root .. 'epoch') == known
end

local function worker_of(held)
  return string.match(held, '^%d+:(.*)$')
end

local function number_of(held)
  return string.match(held, '^(%d+):')
end

local function is_live(worker)
  return redis.call('EXISTS', root .. 'worker:' .. worker) == 1
end

-- Drops the oldest entries until what is left is no more than so many, of no more than so many bytes (the newest is kept however
-- large it is), and appended no earlier than a time.
local function trim(log, head, most, most_bytes, earliest_ms)
  local count, bytes, dropped = redis.call('XLEN', log), tonumber(redis.call('HGET', head, 'bytes') or '0'), false
  while count > 0 do
    local oldest = redis.call('XRANGE', log, '-', '+', 'COUNT', 1)[1]
    local is_too_much = count > most or bytes > most_bytes and count > 1
    if not is_too_much and tonumber(oldest[2][2]) >= earliest_ms then
      break
    end
    redis.call('XDEL', log, oldest[1])
    count, bytes, dropped = count - 1, bytes - #oldest[2][4], true
  end
  if dropped then
    redis.call('HSET', head, 'bytes', whole(bytes))
  end
end
