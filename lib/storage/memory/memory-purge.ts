import type { Purge, Purged } from '../purge.js'
import { isLive, type MemoryTables } from './memory-tables.js'

/** Removes expired records of the core. */
export function purgeMemory(
  tables: MemoryTables,
  { now, revokedBefore, limit }: Purge,
): Omit<Purged, 'events' | 'passkeyUses' | 'signInCodes' | 'providerFlows' | 'invitations'> {
  const sessions = [...tables.sessions.values()].filter(session => !isLive(session, now)).slice(0, limit)
  const tokens = [...tables.oneTimeTokens.values()].filter(token => !isLive(token, now)).slice(0, limit)
  const messages = [...tables.outbox.values()].filter(message => !isLive(message, now)).slice(0, limit)
  const lines = [...tables.revocations].filter(({ revokedAt }) => revokedAt < revokedBefore).slice(0, limit)
  for (const { id } of sessions) tables.sessions.delete(id)
  for (const { hash } of tokens) tables.oneTimeTokens.delete(hash)
  for (const { id } of messages) tables.outbox.delete(id)
  for (const line of lines) tables.revocations.delete(line)
  return {
    sessions: sessions.length,
    oneTimeTokens: tokens.length,
    messages: messages.length,
    revocations: lines.length,
  }
}
