const optionNames = ['client', 'keyPrefix', 'push']

const hasMethod = (client: unknown, method: string) =>
  typeof client === 'object' && client !== null && typeof Reflect.get(client, method) === 'function'

/** Only the plain client of `redis` can `select`: that of a cluster wants to be told the key of each command apart. */
const isClient = (client: unknown) =>
  hasMethod(client, 'duplicate') &&
  (hasMethod(client, 'call') || (hasMethod(client, 'sendCommand') && hasMethod(client, 'select')))

/** What an ioredis client puts before the keys of commands, but not before those inside scripts. */
function prefixOf(client: unknown): unknown {
  const options: unknown = Reflect.get(Object(client), 'options')
  return Reflect.get(Object(options), 'keyPrefix')
}

/**
 * Refuses what the types refuse, and what they can't, before anything is sent.
 * @throws {TypeError} Names the option.
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
    throw new TypeError(
      'The client of redisStorage must have no keyPrefix of its own: give the prefix to redisStorage instead',
    )
  if (typeof keyPrefix !== 'string' || !/^[^\0{}]{1,100}$/.test(keyPrefix) || !keyPrefix.isWellFormed())
    throw new TypeError('The option "keyPrefix" of redisStorage must be text of 1 to 100 characters, without { and }')
  if (typeof push !== 'boolean') throw new TypeError('The option "push" of redisStorage must be true or false')
}
