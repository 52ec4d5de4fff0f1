import { type Keys, keysUnder } from './keys.js'
import { reconnectingSender } from './reconnecting-sender.js'
import type { RedisClient, Send } from './redis-client.js'
import { runScript } from './run-script.js'
import { followScript, listScript } from './scripts.js'

/** A step from one record to the next: the field that has its name (left out: the whole text is the name), and its key. */
export interface Link {
  readonly field?: string
  readonly key: (name: string) => string
}

/** A member of an index, and the record of that id; `null` where Redis has let it expire. */
export interface Entry {
  readonly id: string
  readonly text: string | null
}

/** The records that are there. */
export function recordsOf<Row>(entries: readonly Entry[]): Row[] {
  return entries.flatMap(({ text }) => (text === null ? [] : [JSON.parse(text) as Row]))
}

/** One call is one round trip, and sees everything at one moment. */
export interface RedisDatabase {
  readonly keys: Keys
  readonly send: Send

  /** The reply as a list: no element for `null`, one for a text or a number. */
  read(words: readonly string[]): Promise<readonly string[]>

  /** The texts of a chain of keys, each named by the record before. The first that is missing, `null`, is the last. */
  follow(key: string, links: readonly Link[]): Promise<readonly (string | null)[]>

  /** What a command gives of an index, which is its first argument, each with its record. */
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
