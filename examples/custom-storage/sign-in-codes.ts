import type { EmailCodeProof, SignInCodeRecord, SignInCodeStore, UserRecord } from 'fast-auth/storage'
import { storeMessages } from './outbox.ts'
import { proveAddress } from './prove-address.ts'
import type { DefineMethod } from './step.ts'
import { type Change, isLive, ofUser, type Tables } from './tables.ts'

function findLive({ signInCodes }: Tables, codeId: string, now: number): SignInCodeRecord | undefined {
  const code = [...signInCodes.values()].find(({ id }) => id === codeId)
  return code !== undefined && code.triesLeft > 0 && isLive(code, now) ? code : undefined
}

/** Returns what a proof with a mailed code changes; or why it does not hold. */
export function checkEmailCode(
  tables: Tables,
  { email }: UserRecord,
  { codeId, hash }: EmailCodeProof,
  now: number,
): (() => readonly Change[]) | 'stale' {
  const code = findLive(tables, codeId, now)
  if (code?.hash !== hash || code.email !== email) return 'stale'
  return () => [['signInCodes', email, null]]
}

/** Removes the mailed codes of a user who is being deleted. */
export function removeSignInCodes({ signInCodes }: Tables, userId: string): readonly Change[] {
  return ofUser(signInCodes, userId).map(({ email }): Change => ['signInCodes', email, null])
}

export function customSignInCodes(tables: Tables, method: DefineMethod): SignInCodeStore {
  return {
    issue: method(({ code, messages }, write) => {
      write([['signInCodes', code.email, code]])
      if (code.userId === null || tables.users.has(code.userId)) write(storeMessages(messages))
      return { outcome: 'issued' }
    }),

    tryCode: method(({ codeId, hash, now }, write) => {
      const code = findLive(tables, codeId, now)
      if (code === undefined) return { outcome: 'wrong' }
      const { email } = code
      if (code.hash !== hash) {
        write([['signInCodes', email, { ...code, triesLeft: code.triesLeft - 1 }]])
        return { outcome: 'wrong' }
      }
      const user = [...tables.users.values()].find(one => one.email === email) ?? null
      if (user?.disabledAt !== null || user.emailConfirmedAt !== null)
        return { outcome: 'right', email, user, isProvenNow: false, revokedSessionIds: [] }
      const { proven, changes } = proveAddress(tables, user, now)
      write(changes)
      return { outcome: 'right', email, ...proven }
    }),

    find: method(({ email, now }) => {
      const code = tables.signInCodes.get(email)
      return (code && findLive(tables, code.id, now)) ?? null
    }),
  }
}
