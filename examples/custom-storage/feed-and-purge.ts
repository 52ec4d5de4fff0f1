import type { Revocation, RevocationStore, Storage } from 'fast-auth/storage'
import type { DefineMethod } from './step.ts'
import { type Change, compareText, isLive, type Tables } from './tables.ts'

/** Compares lines in feed order. A line without a generation comes before lines with one. */
function compareLines(one: Revocation, other: Revocation): number {
  return (
    one.revokedAt - other.revokedAt ||
    compareText(one.kind, other.kind) ||
    compareText(one.id, other.id) ||
    (one.generation ?? -1) - (other.generation ?? -1)
  )
}

export function customRevocations(tables: Tables, method: DefineMethod): RevocationStore {
  return {
    list: method(({ since, after, limit }) => {
      const lines = [...tables.revocations.values()]
        .filter(({ revokedAt }) => revokedAt >= since)
        .filter(line => after === undefined || compareLines(line, after) > 0)
      return lines.sort(compareLines).slice(0, limit)
    }),
  }
}

function keysOf<Row>(table: Map<string, Row>, isDead: (row: Row) => boolean, limit: number): readonly string[] {
  return [...table].flatMap(([key, row]) => (isDead(row) ? key : [])).slice(0, limit)
}

export function customPurge(tables: Tables, method: DefineMethod): Storage['purge'] {
  return method(({ now, revokedBefore, eventsBefore, limit }, write) => {
    const isDead = (row: { readonly expiresAt: number }) => !isLive(row, now)
    const sessions = keysOf(tables.sessions, isDead, limit)
    const oneTimeTokens = keysOf(tables.oneTimeTokens, isDead, limit)
    const messages = keysOf(tables.outbox, isDead, limit)
    const revocations = keysOf(tables.revocations, ({ revokedAt }) => revokedAt < revokedBefore, limit)
    const events = keysOf(tables.events, ({ happenedAt }) => happenedAt < eventsBefore, limit)
    const passkeyUses = keysOf(tables.passkeyUses, isDead, limit)
    const signInCodes = keysOf(tables.signInCodes, isDead, limit)
    const providerFlows = keysOf(tables.providerFlows, isDead, limit)
    const invitations = keysOf(tables.invitations, isDead, limit)
    write([
      ...sessions.map((key): Change => ['sessions', key, null]),
      ...oneTimeTokens.map((key): Change => ['oneTimeTokens', key, null]),
      ...messages.map((key): Change => ['outbox', key, null]),
      ...revocations.map((key): Change => ['revocations', key, null]),
      ...events.map((key): Change => ['events', key, null]),
      ...passkeyUses.map((key): Change => ['passkeyUses', key, null]),
      ...signInCodes.map((key): Change => ['signInCodes', key, null]),
      ...providerFlows.map((key): Change => ['providerFlows', key, null]),
      ...invitations.map((key): Change => ['invitations', key, null]),
    ])
    return {
      sessions: sessions.length,
      oneTimeTokens: oneTimeTokens.length,
      messages: messages.length,
      revocations: revocations.length,
      events: events.length,
      passkeyUses: passkeyUses.length,
      signInCodes: signInCodes.length,
      providerFlows: providerFlows.length,
      invitations: invitations.length,
    }
  })
}
