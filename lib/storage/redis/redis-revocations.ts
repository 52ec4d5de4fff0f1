import type { RevocationStore } from '../storage.js'
import type { MakeVerb } from './redis-verb.js'
import { fromLine, instantText, toLine } from './revocation-lines.js'

export function redisRevocations(verb: MakeVerb): RevocationStore {
  return {
    list: verb(async ({ keys, read }, { since, after, limit }) => {
      const first = instantText(since)
      const last = after === undefined ? '' : toLine(after)
      const from = last > first ? `(${last}` : `[${first}`
      const lines = await read(['ZRANGEBYLEX', keys.revocations, from, '+', 'LIMIT', '0', String(limit)])
      return lines.map(fromLine)
    }),
  }
}
