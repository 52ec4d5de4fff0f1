import { script } from './run-script.js'

/**
 * KEYS[1]: a record, or a name that stands for one. ARGV: pairs of a prefix and a field. What the field of the record
 * before says, or the name itself where the field is empty, is the rest of the next key. Answers with the text of each
 * key; the first that is missing is the last.
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

/** KEYS[1]: an index. ARGV: the prefix of its records, a command and its arguments. Answers with the ids and their texts. */
export const listScript = script(`
local ids = redis.call(ARGV[2], KEYS[1], unpack(ARGV, 3))
local texts = {}
for place, id in ipairs(ids) do texts[place] = redis.call('GET', ARGV[1] .. id) end
return { ids, texts }
`)

/**
 * KEYS[1]: the reservation. ARGV: a token, a lifetime in milliseconds, the names to reserve. Answers 1, or 0 if
 * the reservation has another token.
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
 * KEYS: the reservation, then one for each command. ARGV: a token, the number of readings, then the readings, then the
 * writes. The writes may end with PUBLISH, whose key is a channel: a user who may not has written all the same. A
 * reading is a command and the reply it gave, a write is a command; commands and replies are lists, each after its length.
 * Where every reading, repeated, gives the same reply, and no key to write is reserved under another token, everything is
 * written, a reservation under this token is removed, and the answer is 1; otherwise nothing is written, and it is 0.
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
