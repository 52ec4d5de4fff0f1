import { redisStorage } from '../storage/redis/index.js'
import type { Storage } from '../storage/storage.js'
import { loadPackage } from './load-package.js'
import { watchConnection } from './watch-connection.js'

const connectTimeoutMilliseconds = 5000
const maximumPauseMilliseconds = 1000

function problem(error: unknown): string {
  const { code = '', message } = error as { readonly code?: string; readonly message: string }
  if (/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/.test(code))
    return `No Redis answers at the host and port of DATABASE_URL. See that it runs, and can be reached from here (${message})`
  if (/^(WRONGPASS|NOAUTH)\b/.test(message))
    return `Redis refuses the user or the password of DATABASE_URL, or asks for one (${message})`
  return `Cannot connect to Redis: ${message}`
}

/** A server that doesn't let itself be asked is not complained of. */
async function warnOfLosses(ask: () => Promise<string>): Promise<void> {
  const persistence = await ask().catch(() => '')
  if (!/^aof_enabled:0/m.test(persistence)) return
  process.emitWarning(
    'Redis keeps no append-only file: when it stops, sign-ups and sign-outs since its last snapshot are lost. Set appendonly to yes, and appendfsync to always',
  )
}

/**
 * Connects to the Redis of `redis://` or `rediss://`, with the package `redis`. A connection that breaks, or leads
 * nowhere for some seconds, is made again; until then every command rejects at once, and none waits to be carried out when nobody expects it any more.
 * @throws {Error} The package is not installed, nobody answers, or the password is refused. Nothing is left open.
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
  // A connection that breaks while nobody uses it: the next command tells.
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

/** The storage on such a connection. @throws {Error} as `connectRedis` does. */
export async function openRedis(url: string): Promise<Storage> {
  const { client, close } = await connectRedis(url)
  await warnOfLosses(() => client.info('persistence'))
  return { ...redisStorage({ client }), close }
}
