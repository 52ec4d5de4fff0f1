import { type Keys, keysUnder } from './keys.js'
import { reconnectingSender } from './reconnecting-sender.js'
import type { RedisClient, Send } from './redis-client.js'
import { runScript } from './run-script.js'
import { followScript, listScript } from './scripts.js'

/** A step from one record to the next: the field that holds its name (if omitted, the whole text), and its key. */
export interface Link {
  readonly field?: string
  readonly key: (name: string) => string
}

/** A member of an index, and the record with that id; `null` if the record has expired in Redis. */
export interface Entry {
  readonly id: string
  readonly text: string | null
}

/** Returns the records that exist. @param read parses the text of a record */
export function recordsOf<Row>(entries: readonly Entry[], read: (text: string) => Row = JSON.parse): Row[] {
  return entries.flatMap(({ text }) => (text === null ? [] : [read(text)]))
}

/** Reads Redis. One call is one round trip and sees a single consistent state. */
export interface RedisDatabase {
  readonly keys: Keys
  readonly send: Send

  /** Resolves with the reply as a list: empty for `null`, one element for a text or a number. */
  read(words: readonly string[]): Promise<readonly string[]>

  /** Reads a chain of keys, each named by the previous record. The first missing text is `null`, and ends the list. */
  follow(key: string, links: readonly Link[]): Promise<readonly (string | null)[]>

  /** Runs a command on an index, its first argument, and returns the members with their records. */
  list(index: readonly [command: string, key: string, ...words: string[]], key: Link['key']): Promise<readonly Entry[]>
}

function asList(reply: unknown): readonly string[] {
  if (reply === null) return []
  return Array.isArray(reply) ? reply : [String(reply)]
}

export function redisDatabase(client: RedisClient, keyPrefix: string): RedisDatabase {
  const send = reconnectingSender(client)
  return {
    keys: keysUnder(keyPrefix),
    send,

    read: async words => asList(await send(words)),

    async follow(key, links) {
      const words = links.flatMap(link => [link.key(''), link.field ?? ''])
      return (await runScript(send, followScript, [key], words)) as (string | null)[]
    },

    async list([command, index, ...words], key) {
      const reply = await runScript(send, listScript, [index], [key(''), command, ...words])
      const [ids, texts] = reply as [string[], (string | null)[]]
      return ids.map((id, place) => ({ id, text: texts[place] ?? null }))
    },
  }
}
