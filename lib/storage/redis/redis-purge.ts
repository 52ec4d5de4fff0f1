import type { Storage } from '../../composition/storage.js'
import { removeOldEvent } from '../../features/audit-log/storage/redis.js'
import { removeMessage } from './message-records.js'
import type { DefineMethod } from './redis-method.js'
import { timeText } from './revocation-lines.js'
import { removeSessions } from './session-records.js'
import { removeExpiredToken } from './token-records.js'

export function redisPurge(method: DefineMethod): Storage['purge'] {
  return method(async (transaction, { now, revokedBefore, eventsBefore, limit }) => {
    const { keys, read, write } = transaction
    const page = ['LIMIT', '0', String(limit)]
    const upTo = (index: string, maximum: string) => read(['ZRANGEBYSCORE', index, '-inf', maximum, ...page])
    const [sessions, tokens, messages, lines, events] = await Promise.all([
      upTo(keys.sessionsByExpiry, String(now)),
      upTo(keys.tokensByExpiry, String(now)),
      upTo(keys.messagesByExpiry, String(now)),
      read(['ZRANGEBYLEX', keys.revocations, '-', `(${timeText(revokedBefore)}`, ...page]),
      upTo(keys.eventsByAge, `(${eventsBefore}`),
    ])
    for (const member of sessions) {
      const [id = '', userId = ''] = member.split('\0')
      removeSessions(transaction, [id], userId)
    }
    for (const member of tokens) removeExpiredToken(transaction, member)
    for (const member of messages) removeMessage(transaction, member)
    for (const line of lines) write('ZREM', keys.revocations, line)
    for (const member of events) removeOldEvent(transaction, member)
    return {
      sessions: sessions.length,
      oneTimeTokens: tokens.length,
      messages: messages.length,
      revocations: lines.length,
      events: events.length,
    }
  })
}
