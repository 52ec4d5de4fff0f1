import {
  askingOf,
  type OneTimeTokenPurpose,
  type OneTimeTokenRecord,
  type OneTimeTokenStore,
  type PresentedOneTimeToken,
  type UserRecord,
} from '../storage.js'
import { readApiKeysOf, removeApiKeys } from './api-key-records.js'
import { isLive } from './lifetime.js'
import { writeMessages } from './message-records.js'
import { type DefineMethod, reserving } from './redis-method.js'
import { endSessions, isAskedInTime } from './session-records.js'
import { discardTokens, keysOfToken, removeToken, toToken, writeToken } from './token-records.js'
import type { Transaction } from './transaction.js'
import { isAnothers, toUser, writeUser } from './user-records.js'

interface LiveToken {
  readonly token: OneTimeTokenRecord
  readonly user: UserRecord
}

async function findLive(
  { keys, follow }: Transaction,
  { hash, now }: PresentedOneTimeToken,
  purpose: OneTimeTokenPurpose,
): Promise<LiveToken | null> {
  const [tokenText, userText] = await follow(keys.token(hash), [{ field: 'userId', key: keys.user }])
  if (typeof tokenText !== 'string' || typeof userText !== 'string') return null
  const live = { token: toToken(tokenText), user: toUser(userText) }
  const isGood = live.token.purpose === purpose && isLive(live.token, now) && live.user.disabledAt === null
  return isGood ? live : null
}

/** Does the same, if the token was made for the user's current address. */
async function findForPresentAddress(
  transaction: Transaction,
  presented: PresentedOneTimeToken,
  purpose: OneTimeTokenPurpose,
): Promise<LiveToken | null> {
  const live = await findLive(transaction, presented, purpose)
  return live?.token.email === live?.user.email ? live : null
}

export function redisOneTimeTokens(method: DefineMethod): OneTimeTokenStore {
  return {
    issue: method(async (transaction, { token, currentHash, messages, messagesIfUnknown = [] }) => {
      const names = [transaction.keys.user(token.userId), ...keysOfToken(transaction, token)]
      const [userText = null, ...places] = await transaction.getAll(names)
      const user = userText === null ? null : toUser(userText)
      if (user?.disabledAt !== null) {
        writeMessages(transaction, messagesIfUnknown)
        return { outcome: 'unknownUser' }
      }
      if (user.passwordHash !== (currentHash ?? user.passwordHash)) return { outcome: 'stale' }
      if (!(await isAskedInTime(transaction, user.id, askingOf(token)))) return { outcome: 'sessionEnded' }
      writeToken(transaction, token, places)
      writeMessages(transaction, messages)
      return { outcome: 'issued' }
    }, reserving),

    find: method((transaction, request) => findLive(transaction, request, request.purpose)),

    confirmEmail: method(async (transaction, request) => {
      const live = await findForPresentAddress(transaction, request, 'confirmEmail')
      if (live === null) return { outcome: 'invalid' }
      const { token, user } = live
      if (user.passwordHash !== (request.currentHash ?? user.passwordHash)) return { outcome: 'stale' }
      removeToken(transaction, token)
      const emailConfirmedAt = user.emailConfirmedAt ?? request.now
      return { outcome: 'confirmed', user: writeUser(transaction, { ...user, emailConfirmedAt }, user) }
    }),

    resetPassword: method(async (transaction, request) => {
      const live = await findForPresentAddress(transaction, request, 'resetPassword')
      if (live === null) return { outcome: 'invalid' }
      const { user } = live
      const { newHash, messages, now } = request
      const unprovenKeys = user.emailConfirmedAt === null ? await readApiKeysOf(transaction, user.id) : []
      const proven = { ...user, passwordHash: newHash, emailConfirmedAt: user.emailConfirmedAt ?? now }
      await discardTokens(transaction, user.id)
      writeMessages(transaction, messages)
      return {
        outcome: 'reset',
        user: writeUser(transaction, proven, user),
        revokedSessionIds: await endSessions(transaction, user.id, { now }),
        deletedApiKeyIds: removeApiKeys(transaction, unprovenKeys, now),
      }
    }, reserving),

    changeEmail: method(async (transaction, request) => {
      const live = await findLive(transaction, request, 'changeEmail')
      if (live === null) return { outcome: 'invalid' }
      const { token, user } = live
      const { now } = request
      if (user.passwordHash !== (request.currentHash ?? user.passwordHash)) return { outcome: 'stale' }
      if (await isAnothers(transaction, transaction.keys.userIdByEmail(token.email), user.id)) {
        removeToken(transaction, token)
        return { outcome: 'emailTaken' }
      }
      await discardTokens(transaction, user.id)
      return {
        outcome: 'changed',
        user: writeUser(transaction, { ...user, email: token.email, emailConfirmedAt: now }, user),
        previousEmail: user.email,
        revokedSessionIds: await endSessions(transaction, user.id, { now, exceptSessionId: token.sessionId }),
      }
    }, reserving),
  }
}
