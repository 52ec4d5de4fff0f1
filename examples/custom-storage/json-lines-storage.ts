import type { Storage } from 'fast-auth/storage'
import { customApiKeys } from './api-keys.ts'
import { customPurge, customRevocations } from './feed-and-purge.ts'
import { customIdentities } from './identities.ts'
import { customInvitations } from './invitations.ts'
import { openJournal, readJournal } from './journal.ts'
import { customMemberships } from './memberships.ts'
import { customOneTimeTokens } from './one-time-tokens.ts'
import { customOrganizations } from './organizations.ts'
import { customEvents, customOutbox } from './outbox.ts'
import { customPasskeys } from './passkeys.ts'
import { customProviderFlows } from './provider-flows.ts'
import { customSecondFactors } from './second-factors.ts'
import { customSessions } from './sessions.ts'
import { customSignInCodes } from './sign-in-codes.ts'
import { copyOf, type DefineMethod } from './step.ts'
import { apply, type Change, emptyTables, snapshotOf } from './tables.ts'
import { customUsers } from './users.ts'

/** A purge rewrites the journal if it has this many more lines than rows. */
const spareLines = 1_000

/**
 * Creates a storage in one file. All records are in memory. Every step that writes appends one line to the file, and returns
 * once the line is on the disk. Opening the storage replays all lines.
 *
 * Only one process at a time may open the file.
 */
export function jsonLinesStorage({ file }: { readonly file: string }): Storage {
  const tables = emptyTables()
  for (const changes of readJournal<readonly Change[]>(file)) for (const change of changes) apply(tables, change)
  /** One line per row, without superseded rows. */
  const wholeState = () => snapshotOf(tables).map(change => [change])
  const journal = openJournal<readonly Change[]>(file, wholeState())
  let isOpen = true

  function assertOpen(): void {
    if (!isOpen) throw new Error('The storage is closed')
  }

  /** Writes to the disk first, then to memory, then returns: a crash cannot undo a result that a caller has seen. */
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
    secondFactors: customSecondFactors(tables, method),
    passkeys: customPasskeys(tables, method),
    signInCodes: customSignInCodes(tables, method),
    identities: customIdentities(tables, method),
    providerFlows: customProviderFlows(tables, method),
    organizations: customOrganizations(tables, method),
    memberships: customMemberships(tables, method),
    invitations: customInvitations(tables, method),
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
