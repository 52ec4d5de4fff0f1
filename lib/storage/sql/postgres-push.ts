import { createHash, randomUUID } from 'node:crypto'
import { CompiledQuery, type KyselyPlugin } from 'kysely'
import type { ListenForRevocations, RevocationListener } from '../revocation-store.js'
import { notifyingPlugin } from './notifying-plugin.js'
import { type PostgresClient, PostgresConnection, type PostgresNotification } from './postgres-connection.js'
import type { PostgresPool } from './postgres-dialect.js'
import type { SchemaNames } from './table-names.js'

/** Each application's tables have their own channel, so other applications in the database are not notified. */
function channelOf({ schema = '', tablePrefix = 'fast_auth_' }: SchemaNames): string {
  const digest = createHash('sha256').update(`${schema} ${tablePrefix}`).digest('hex')
  return `fast_auth_revocations_${digest.slice(0, 16)}`
}

interface Hearing extends ListenForRevocations {
  readonly channel: string
  readonly timeoutMilliseconds: number
}

/**
 * Listens on a connection that it keeps. It finally returns the connection to be closed, so no other borrower gets its
 * notifications.
 */
async function listenOn(client: PostgresClient, hearing: Hearing): Promise<RevocationListener> {
  const { channel, timeoutMilliseconds, onRevocation, onLoss } = hearing
  const connection = new PostgresConnection(client, { names: null, timeoutMilliseconds })
  const echoes = new Map<string, () => void>()
  let isOver = false

  function hear({ payload = '' }: PostgresNotification): void {
    if (payload === '') onRevocation()
    else echoes.get(payload)?.()
  }

  function end(): void {
    isOver = true
    client.off('notification', hear)
    client.off('end', lose)
    connection.discard()
  }

  function lose(): void {
    end()
    onLoss(new Error('The connection that listens to PostgreSQL is lost'))
  }

  /** A connection receives the notifications of its own transaction before the next reply. */
  async function ping(): Promise<void> {
    const word = randomUUID()
    let isHeard = false
    echoes.set(word, () => {
      isHeard = true
    })
    try {
      await connection.executeQuery(CompiledQuery.raw(`select pg_notify('${channel}', '${word}')`))
      await connection.executeQuery(CompiledQuery.raw('select 1'))
    } finally {
      echoes.delete(word)
    }
    if (!isHeard)
      throw new Error(
        'PostgreSQL does not pass on what NOTIFY sends: behind PgBouncer in transaction mode, set push to false',
      )
  }

  client.on('notification', hear)
  client.on('end', lose)
  try {
    await connection.executeQuery(CompiledQuery.raw(`listen ${channel}`))
    await ping()
  } catch (error) {
    if (!isOver) end()
    throw error
  }
  client.unref?.()
  return {
    ping,
    async close() {
      if (!isOver) end()
    },
  }
}

export interface PostgresPush {
  readonly plugin: KyselyPlugin
  listen(request: ListenForRevocations): Promise<RevocationListener>
}

/** Sends NOTIFY in the statement that revokes, and uses LISTEN on one of the pool's connections. */
export function postgresPush(pool: PostgresPool, names: SchemaNames, timeoutMilliseconds: number): PostgresPush {
  const channel = channelOf(names)
  return {
    plugin: notifyingPlugin(channel),
    listen: async request => listenOn(await pool.connect(), { ...request, channel, timeoutMilliseconds }),
  }
}
