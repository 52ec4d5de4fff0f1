import type { RevocationStore } from '../revocation-store.js'
import type { DefineMethod } from './redis-method.js'
import { fromLine, timeText, toLine } from './revocation-lines.js'

export function redisRevocations(method: DefineMethod): RevocationStore {
  return {
    list: method(async ({ keys, read }, { since, after, limit }) => {
      const first = timeText(since)
      const last = after === undefined ? '' : toLine(after)
      const from = last > first ? `(${last}` : `[${first}`
      const lines = await read(['ZRANGEBYLEX', keys.revocations, from, '+', 'LIMIT', '0', String(limit)])
      return lines.map(fromLine)
    }),
  }
}
