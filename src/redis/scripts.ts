/*
 * Scripts, in the language of Redis, for what has to happen in one piece. A script is sent as it is each time: Redis
 * keeps it by its text, and nothing has to be loaded again after a restart.
 */

/**
 * Functions of all scripts: whether an entry is the last one of its stream, the newest entry, and a new stream. The id
 * of its first entry is a matter of chance, so that a stream which is deleted and begun again at once has other ids.
 */
const STREAM = `
local function ends(row)
  for at = 1, row and #row[2] or 0, 2 do
    if row[2][at] == 'end' then return row[2][at + 1] end
  end
end
local function newest(stream)
  return redis.call('XREVRANGE', stream, '+', '-', 'COUNT', 1)[1]
end
local function begin(stream, chance)
  local time = redis.call('TIME')
  local ms = time[1] * 1000 + math.floor(time[2] / 1000)
  redis.call('XADD', stream, string.format('%.0f', ms) .. '-' .. chance, 'start', '')
end
`;

/**
 * Appends a numbered batch once, however often it is sent.
 *
 * Keys: the stream; the mark of the publisher, with the number and the ids of its last batch; the lease, if any.
 * Arguments: the number of the batch; the last id that was confirmed to the publisher, if any; the number of messages
 * to hold; how long the mark is kept; who has to have the lease, if anybody; how long the stream is held from now on, if
 * it ends; a number of chance; then for each entry the number of its fields and values, and these.
 * Replies with the ids, after 'ok', or with what was wrong.
 */
export const APPEND = `${STREAM}
local stream, mark, lease = KEYS[1], KEYS[2], KEYS[3]
local number, confirmed, size, keep, holder, ttl, chance = unpack(ARGV, 1, 7)
local done = redis.call('HMGET', mark, 'number', 'ids')
if done[1] == number then return { 'ok', done[2] } end
local previous = tonumber(done[1] or 0)
if previous > tonumber(number) then return { 'late' } end
if previous ~= tonumber(number) - 1 then return { 'lost' } end
if confirmed ~= '' then
  local row = redis.call('XRANGE', stream, confirmed, '+', 'COUNT', 1)[1]
  local isTrimmed = redis.call('XLEN', stream) >= tonumber(size)
  if not row or (row[1] ~= confirmed and not isTrimmed) then return { 'lost' } end
end
if holder ~= '' and redis.call('GET', lease) ~= holder then return { 'fenced' } end
if ends(newest(stream)) then return { 'ended' } end
if redis.call('EXISTS', stream) == 0 then begin(stream, chance) end
local ids = {}
local at = 8
while at <= #ARGV do
  local next = at + 1 + tonumber(ARGV[at])
  ids[#ids + 1] = redis.call('XADD', stream, 'MAXLEN', '~', size, '*', unpack(ARGV, at + 1, next - 1))
  at = next
end
redis.call('HSET', mark, 'number', number, 'ids', table.concat(ids, ' '))
redis.call('PEXPIRE', mark, keep)
if ttl ~= '' then
  redis.call('PEXPIRE', stream, ttl)
  redis.call('DEL', lease)
end
return { 'ok', table.concat(ids, ' ') }
`;

/** Ends a stream whose producer is gone, in the words of ARGV, and holds it for a time. */
const SETTLE = `${STREAM}
local stream, lease = KEYS[1], KEYS[2]
local function settle(ttl, message)
  if redis.call('EXISTS', lease) == 1 or redis.call('EXISTS', stream) == 0 or ends(newest(stream)) then return end
  redis.call('XADD', stream, '*', 'end', 'failed', 'name', 'Error', 'message', message)
  redis.call('PEXPIRE', stream, ttl)
end
`;

/**
 * Keys: the stream, the lease. Arguments: who claims, for how long, how long the stream is held after its end, what is
 * said of a producer that is gone, a number of chance. Replies whether the claim is given.
 */
export const CLAIM = `${SETTLE}
local holder, time, ttl, message, chance = unpack(ARGV)
if redis.call('GET', lease) == holder then return 1 end
settle(ttl, message)
if redis.call('EXISTS', stream) == 1 then return 0 end
redis.call('SET', lease, holder, 'PX', time)
begin(stream, chance)
redis.call('PEXPIRE', stream, time + ttl)
return 1
`;

/** Keys and arguments as those of a claim, which it renews. Replies 'renewed', 'stopped' or 'lost'. */
export const RENEW = `${SETTLE}
local holder, time, ttl, message = unpack(ARGV)
if redis.call('GET', lease) == holder then
  redis.call('PEXPIRE', lease, time)
  redis.call('PEXPIRE', stream, time + ttl)
  return 'renewed'
end
return ends(newest(stream)) == 'completed' and 'stopped' or 'lost'
`;

/**
 * Keys: the stream, the lease. Arguments: how long the stream is held after its end, what is said of a producer that is
 * gone. Replies how long the lease still runs, in milliseconds, 0 where the stream has ended, -1 where there is none.
 */
export const CHECK = `${SETTLE}
settle(unpack(ARGV))
if redis.call('EXISTS', stream) == 0 then return -1 end
return math.max(0, redis.call('PTTL', lease))
`;

/** Keys and arguments as those of a check. Ends a stream that has a producer; replies whether there was one. */
export const STOP = `${SETTLE}
settle(unpack(ARGV))
if redis.call('EXISTS', lease) == 0 then return 0 end
redis.call('XADD', stream, '*', 'end', 'completed')
redis.call('PEXPIRE', stream, ARGV[1])
redis.call('DEL', lease)
return 1
`;
