import type { DefineMethod } from '../../../storage/memory/memory-method.js'
import type { MemoryFollowUp, MemoryPart, MemoryProofPart } from '../../../storage/memory/memory-part.js'
import { isLive, type MemoryTables, ofUser, storeMessages } from '../../../storage/memory/memory-tables.js'
import type { ProofSubject } from '../../../storage/proof-part.js'
import type { Purge } from '../../../storage/purge.js'
import type { EpochMilliseconds } from '../../../storage/records.js'
import { proveAddressInMemory } from '../../email/storage/memory-prove-address.js'
import type { EmailCodeProof, SignInCodeRecord, SignInCodeStore } from '../port.js'

/** @param followUps what follows a change of a user, of all other features */
export function memorySignInCodes(tables: MemoryTables, method: DefineMethod, followUps: readonly MemoryFollowUp[]) {
  const byEmail = new Map<string, SignInCodeRecord>()

  function findLive(codeId: string, now: EpochMilliseconds): SignInCodeRecord | null {
    const code = [...byEmail.values()].find(({ id }) => id === codeId)
    return code !== undefined && code.triesLeft > 0 && isLive(code, now) ? code : null
  }

  const followUp: MemoryFollowUp = {
    deleted(_, { userId }) {
      for (const { email } of ofUser(byEmail, userId)) byEmail.delete(email)
      return []
    },
  }

  const proofs: MemoryProofPart = {
    kinds: {
      emailCode: {
        factor: 'first',
        check(_, { codeId, hash }: EmailCodeProof, { user, now }: ProofSubject) {
          const code = findLive(codeId, now)
          if (code === null || code.hash !== hash || code.email !== user.email) return 'stale'
          return () => void byEmail.delete(code.email)
        },
      },
    },
  }

  function purge({ now, limit }: Purge): number {
    const expired = [...byEmail.values()].filter(code => !isLive(code, now)).slice(0, limit)
    for (const { email } of expired) byEmail.delete(email)
    return expired.length
  }

  const store: SignInCodeStore = {
    issue: method(({ code, messages }) => {
      byEmail.set(code.email, code)
      if (code.userId === null || tables.users.has(code.userId)) storeMessages(tables, messages)
      return { outcome: 'issued' }
    }),

    tryCode: method(({ codeId, hash, now }) => {
      const code = findLive(codeId, now)
      if (code === null) return { outcome: 'wrong' }
      const { email } = code
      if (code.hash !== hash) {
        byEmail.set(email, { ...code, triesLeft: code.triesLeft - 1 })
        return { outcome: 'wrong' }
      }
      const user = tables.users.get(tables.userIdsByEmail.get(email) ?? '') ?? null
      const proven =
        user?.disabledAt === null && user.emailConfirmedAt === null
          ? proveAddressInMemory(tables, user, { now, followUps })
          : { user, isProvenNow: false, revokedSessionIds: [] }
      return { outcome: 'right', email, ...proven }
    }),

    find: method(({ email, now }) => {
      const code = byEmail.get(email)
      return code === undefined ? null : findLive(code.id, now)
    }),
  }

  return { store, followUp, proofs, purge } satisfies MemoryPart<SignInCodeStore>
}
