import type { Storage } from '../composition/storage.js'
import { redisStorage } from '../engines/redis.js'
import { loadPackage } from './load-package.js'
import { watchConnection } from './watch-connection.js'

const connectTimeoutMilliseconds = 5000
const maximumPauseMilliseconds = 1000

function problem(error: unknown): string {
  const { code = '', message } = error as { readonly code?: string; readonly message: string }
  if (/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/.test(code))
    return `No Redis answers at the host and port of DATABASE_URL. Check that it runs and that this machine can reach it (${message})`
  if (/^(WRONGPASS|NOAUTH)\b/.test(message))
    return `Redis refuses the user or the password of DATABASE_URL, or requires one (${message})`
  return `Cannot connect to Redis: ${message}`
}

/** Warns if Redis may lose writes. Does not warn if Redis refuses the query. */
async function warnOfLosses(ask: () => Promise<string>): Promise<void> {
  const persistence = await ask().catch(() => '')
  if (!/^aof_enabled:0/m.test(persistence)) return
  process.emitWarning(
    'Redis writes no append-only file: if it stops, it loses sign-ups and sign-outs since its last snapshot. Set appendonly to yes and appendfsync to always',
  )
}

/**
 * Connects to the Redis of a `redis://` or `rediss://` URL with the package `redis`. Reconnects if the connection breaks or
 * does not respond for some seconds. Until then every command rejects immediately: Redis must not execute a queued command
 * after its caller has given up.
 * @throws {Error} The package is not installed, no server answers, or Redis refuses the password. No connection stays open.
 */
export async function connectRedis(url: string) {
  const { createClient } = await loadPackage('redis', () => import('redis'))
  let wasConnected = false
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: connectTimeoutMilliseconds,
      reconnectStrategy: attempt => wasConnected && Math.min(10 * 2 ** attempt, maximumPauseMilliseconds),
    },
  })
  // An idle connection broke. The next command rejects.
  client.on('error', () => undefined)
  await client.connect().catch(cause => {
    throw new Error(problem(cause), { cause })
  })
  wasConnected = true
  const endWatch = watchConnection(client)
  let closing: Promise<void> | undefined
  return {
    client,
    close(): Promise<void> {
      endWatch()
      closing ??= client.isReady ? client.close() : Promise.resolve(client.destroy())
      return closing
    },
  }
}

/** Opens the storage on a connection of `connectRedis`. @throws {Error} See `connectRedis`. */
export async function openRedis(url: string): Promise<Storage> {
  const { client, close } = await connectRedis(url)
  await warnOfLosses(() => client.info('persistence'))
  return { ...redisStorage({ client }), close }
}
