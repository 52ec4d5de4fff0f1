import type { UserRecord } from '../../../storage/records.js'
import { writeMessages } from '../../../storage/redis/message-records.js'
import { type DefineMethod, reserving } from '../../../storage/redis/redis-method.js'
import type { Transaction } from '../../../storage/redis/transaction.js'
import { readUser, toUser } from '../../../storage/redis/user-records.js'
import type { UserFollowUp } from '../../../storage/user-follow-up.js'
import { proveAddress } from '../../email/storage/redis-prove-address.js'
import type { SignInCodeStore } from '../port.js'
import { signInCodeKeys } from './redis-keys.js'
import { addCode, readLiveCode, removeCodeOf, removeNoCode, toLiveCode, writeCode } from './redis-records.js'

type RedisFollowUps = readonly UserFollowUp<Transaction>[]

async function readUserWith({ keys, follow }: Transaction, email: string): Promise<UserRecord | null> {
  const [, text] = await follow(keys.userIdByEmail(email), [{ key: keys.user }])
  return typeof text === 'string' ? toUser(text) : null
}

/** @param followUps what follows a change of a user, of all features */
export function redisSignInCodes(method: DefineMethod, followUps: RedisFollowUps): SignInCodeStore {
  return {
    issue: method(async (transaction, { code, messages }) => {
      // Read for every code, so that the time does not reveal whether there is a user.
      const user = await readUser(transaction, code.userId ?? '')
      await removeCodeOf(transaction, code.email)
      addCode(transaction, code)
      if (code.userId === null || user !== null) writeMessages(transaction, messages)
      return { outcome: 'issued' }
    }, reserving),

    tryCode: method(async (transaction, { codeId, hash, now }) => {
      const code = await readLiveCode(transaction, codeId, now)
      if (code === null) {
        removeNoCode(transaction)
        return { outcome: 'wrong' }
      }
      if (code.hash !== hash) {
        writeCode(transaction, { ...code, triesLeft: code.triesLeft - 1 }, now)
        return { outcome: 'wrong' }
      }
      const { email } = code
      const user = await readUserWith(transaction, email)
      const isUnproven = user?.disabledAt === null && user.emailConfirmedAt === null
      if (!isUnproven) return { outcome: 'right', email, user, isProvenNow: false, revokedSessionIds: [] }
      return { outcome: 'right', email, ...(await proveAddress(transaction, user, { now, followUps })) }
    }, reserving),

    find: method(async ({ keys, follow }, { email, now }) => {
      const { code, codeByEmail } = signInCodeKeys(keys)
      const [, text] = await follow(codeByEmail(email), [{ field: 'id', key: code }])
      return toLiveCode(text, now)
    }),
  }
}
