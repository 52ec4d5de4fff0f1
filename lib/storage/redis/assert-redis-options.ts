const optionNames = ['client', 'keyPrefix', 'push']

const hasMethod = (client: unknown, method: string) =>
  typeof client === 'object' && client !== null && typeof Reflect.get(client, method) === 'function'

/**
 * Only the plain client of `redis` has `select`. Its cluster client is refused: it requires the key of each command
 * separately.
 */
const isClient = (client: unknown) =>
  hasMethod(client, 'duplicate') &&
  (hasMethod(client, 'call') || (hasMethod(client, 'sendCommand') && hasMethod(client, 'select')))

/** Returns the prefix that an ioredis client adds to the keys of commands, but not to keys inside scripts. */
function prefixOf(client: unknown): unknown {
  const options: unknown = Reflect.get(Object(client), 'options')
  return Reflect.get(Object(options), 'keyPrefix')
}

/**
 * Validates the options before any command is sent, including rules that the types cannot express.
 * @throws {TypeError} An option is invalid; the message names it.
 */
export function assertRedisOptions(options: object): void {
  const { client, keyPrefix = 'fast-auth', push = true } = options as Record<string, unknown>
  const unknownName = Object.keys(options).find(name => !optionNames.includes(name))
  if (unknownName !== undefined) throw new TypeError(`redisStorage has no option "${unknownName}"`)
  if (!isClient(client))
    throw new TypeError(
      'The option "client" of redisStorage must be a connected client: a Redis or Cluster of ioredis, or what createClient of redis gives',
    )
  if (prefixOf(client))
    throw new TypeError('The client of redisStorage must not have a keyPrefix: pass the prefix to redisStorage instead')
  if (typeof keyPrefix !== 'string' || !/^[^\0{}]{1,100}$/.test(keyPrefix) || !keyPrefix.isWellFormed())
    throw new TypeError('The option "keyPrefix" of redisStorage must be text of 1 to 100 characters, without { and }')
  if (typeof push !== 'boolean') throw new TypeError('The option "push" of redisStorage must be true or false')
}
