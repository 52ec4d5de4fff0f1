import type { Storage } from 'fast-auth/storage'
import { customApiKeys } from './api-keys.ts'
import { customPurge, customRevocations } from './feed-and-purge.ts'
import { openJournal, readJournal } from './journal.ts'
import { customOneTimeTokens } from './one-time-tokens.ts'
import { customEvents, customOutbox } from './outbox.ts'
import { customSessions } from './sessions.ts'
import { copyOf, type DefineMethod } from './step.ts'
import { apply, type Change, emptyTables, snapshotOf } from './tables.ts'
import { customUsers } from './users.ts'

/** How many lines more than rows the journal may have before a purge writes it anew. */
const spareLines = 1_000

/**
 * A storage of fast-auth in one file. Everything is in memory; every step that changes something is one line at the end
 * of the file, on the disk before it is answered. Opening reads the lines again, from the first to the last.
 *
 * One process at a time may have the file open.
 */
export function jsonLinesStorage({ file }: { readonly file: string }): Storage {
  const tables = emptyTables()
  for (const changes of readJournal<readonly Change[]>(file)) for (const change of changes) apply(tables, change)
  /** A row is a line. What a crash has torn, and what is long gone, is not among them. */
  const wholeState = () => snapshotOf(tables).map(change => [change])
  const journal = openJournal<readonly Change[]>(file, wholeState())
  let isOpen = true

  function assertOpen(): void {
    if (!isOpen) throw new Error('The storage is closed')
  }

  /** First on the disk, then in memory, then answered: what anybody has seen or was told, a crash cannot take back. */
  const method: DefineMethod = step => async request => {
    assertOpen()
    const changes: Change[] = []
    const answer = step(copyOf(request), more => changes.push(...more))
    if (changes.length > 0) journal.append(changes)
    for (const change of changes) apply(tables, change)
    return structuredClone(answer)
  }

  const purge = customPurge(tables, method)

  return {
    users: customUsers(tables, method),
    sessions: customSessions(tables, method),
    oneTimeTokens: customOneTimeTokens(tables, method),
    apiKeys: customApiKeys(tables, method),
    revocations: customRevocations(tables, method),
    outbox: customOutbox(tables, method),
    events: customEvents(tables, method),

    async purge(request) {
      const purged = await purge(request)
      const rows = wholeState()
      if (journal.length > rows.length + spareLines) journal.replace(rows)
      return purged
    },

    async migrate() {
      assertOpen()
    },

    async ping() {
      assertOpen()
    },

    async close() {
      isOpen = false
      journal.close()
    },
  }
}
