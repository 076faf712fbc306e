/*
 * Lua scripts for steps that must be atomic. The whole text of a script is sent each time: Redis caches scripts by
 * their text, and after a restart nothing has to be loaded again.
 */

/**
 * Functions of all scripts: `ends` returns the end in an entry, `newest` the newest entry, and `begin` begins a stream.
 * The ID of the first entry is partly random, so that a stream that is deleted and begun again at once has other IDs.
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
 * Keys: the stream, the mark of the publisher (the number and IDs of its last batch), and the lease or a repetition of
 * the mark.
 *
 * Arguments, times in milliseconds:
 *
 * - the number of the batch
 * - the last ID that was confirmed to the publisher, or an empty text
 * - the minimum number of messages that stay stored
 * - the time for which the mark stays stored
 * - the required holder of the lease, or an empty text
 * - the time for which the stream stays stored, if this batch ends it, or an empty text
 * - a random number
 * - for each entry the count of its names and values, and these
 *
 * Replies `ok` and the IDs, or the reason for the refusal: `late`, `lost`, `fenced` or `ended`.
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

/** Adds the function `settle`, which ends a stream without a lease, stores it for `ttl`, and states `message`. */
const SETTLE = `${STREAM}
local stream, lease = KEYS[1], KEYS[2]
local function settle(ttl, message)
  if redis.call('EXISTS', lease) == 1 or redis.call('EXISTS', stream) == 0 or ends(newest(stream)) then return end
  redis.call('XADD', stream, '*', 'end', 'failed', 'name', 'Error', 'message', message)
  redis.call('PEXPIRE', stream, ttl)
end
`;

/**
 * Begins a stream with a lease, unless the stream exists.
 *
 * Keys: the stream, the lease. Arguments: the holder of the lease, the time of the lease, the time for which the stream
 * stays stored after its end, the message of the error after an expired lease, a random number. Replies 1 if the holder
 * has the lease, and 0 otherwise.
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

/** Renews a lease. Its keys and arguments are those of {@link CLAIM}. Replies `renewed`, `stopped` or `lost`. */
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
 * Ends a stream whose lease has expired, and replies the milliseconds until the lease expires: 0 if the stream has
 * ended, and -1 if there is no stream.
 *
 * Keys: the stream, the lease. Arguments: the time for which the stream stays stored after its end, the message of the
 * error after an expired lease.
 */
export const CHECK = `${SETTLE}
settle(unpack(ARGV))
if redis.call('EXISTS', stream) == 0 then return -1 end
return math.max(0, redis.call('PTTL', lease))
`;

/** Ends a stream that has a producer. Keys and arguments are those of {@link CHECK}. Replies 1 if it had one, or 0. */
export const STOP = `${SETTLE}
settle(unpack(ARGV))
if redis.call('EXISTS', lease) == 0 then return 0 end
redis.call('XADD', stream, '*', 'end', 'completed')
redis.call('PEXPIRE', stream, ARGV[1])
redis.call('DEL', lease)
return 1
`;
