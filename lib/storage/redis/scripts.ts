import { script } from './run-script.js'

/**
 * KEYS[1]: a record, or a name that refers to one. ARGV: pairs of a prefix and a field. Each next key is the prefix followed
 * by that field of the previous record, or by the name itself if the field is empty. Returns the text of each key; the first
 * missing one is the last.
 */
export const followScript = script(`
local texts = { redis.call('GET', KEYS[1]) }
for place = 1, #ARGV, 2 do
  local text = texts[#texts]
  if not text then break end
  local field = ARGV[place + 1]
  local name = field == '' and text or cjson.decode(text)[field]
  texts[#texts + 1] = redis.call('GET', ARGV[place] .. name)
end
return texts
`)

/** KEYS[1]: an index. ARGV: the prefix of its records, a command and its arguments. Returns the ids and their texts. */
export const listScript = script(`
local ids = redis.call(ARGV[2], KEYS[1], unpack(ARGV, 3))
local texts = {}
for place, id in ipairs(ids) do texts[place] = redis.call('GET', ARGV[1] .. id) end
return { ids, texts }
`)

/**
 * KEYS[1]: the reservation. ARGV: a token, a lifetime in milliseconds, the names to reserve. Returns 1, or 0 if the
 * reservation has another token.
 */
export const reserveScript = script(`
local token = redis.call('HGET', KEYS[1], '')
if token and token ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], '', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
for place = 3, #ARGV do redis.call('HSET', KEYS[1], ARGV[place], '') end
return 1
`)

/**
 * KEYS: the reservation, then one for each command. ARGV: a token, the number of reads, then the reads, then the writes. A
 * read is a command and its earlier reply; a write is a command. Commands and replies are lists, each preceded by its
 * length. The last write may be PUBLISH, whose key is a channel: if the Redis user may not publish, the other writes still
 * apply.
 * If every repeated read gives the same reply, and no key to write is reserved under another token, the script writes
 * everything. It then removes a reservation under this token and returns 1. Otherwise it writes nothing and returns 0.
 */
export const commitScript = script(`
local place = 1

local function take()
  place = place + 1
  return ARGV[place]
end

local function take_list()
  local words = {}
  for word = 1, tonumber(take()) do words[word] = take() end
  return words
end

local function call_next(key)
  local words = take_list()
  local call = words[1] == 'PUBLISH' and redis.pcall or redis.call
  return call(words[1], key, unpack(words, 2))
end

local function as_list(reply)
  if not reply then return {} end
  return type(reply) == 'table' and reply or { tostring(reply) }
end

local function is_same(one, other)
  if #one ~= #other then return false end
  for word = 1, #one do
    if one[word] ~= other[word] then return false end
  end
  return true
end

local token = redis.call('HGET', KEYS[1], '')
local first_write = tonumber(take()) + 2
if token and token ~= ARGV[1] then
  for key = first_write, #KEYS do
    if redis.call('HEXISTS', KEYS[1], KEYS[key]) == 1 then return 0 end
  end
end
for key = 2, first_write - 1 do
  local reply = as_list(call_next(KEYS[key]))
  if not is_same(reply, take_list()) then return 0 end
end
for key = first_write, #KEYS do call_next(KEYS[key]) end
if token == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
`)
