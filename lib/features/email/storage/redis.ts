import { askingOf } from '../../../storage/asking-session.js'
import type { OneTimeTokenPurpose, OneTimeTokenRecord, UserRecord } from '../../../storage/records.js'
import { isLive } from '../../../storage/redis/lifetime.js'
import { writeMessages } from '../../../storage/redis/message-records.js'
import { type DefineMethod, reserving } from '../../../storage/redis/redis-method.js'
import { endSessions, isAskedInTime } from '../../../storage/redis/session-records.js'
import { discardTokens, keysOfToken, removeToken, toToken, writeToken } from '../../../storage/redis/token-records.js'
import type { Transaction } from '../../../storage/redis/transaction.js'
import { isAnothers, toUser, writeUser } from '../../../storage/redis/user-records.js'
import { followUser, type UserFollowUp } from '../../../storage/user-follow-up.js'
import type { OneTimeTokenStore, PresentedOneTimeToken } from '../port.js'

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

export function redisOneTimeTokens(
  method: DefineMethod,
  followUps: readonly UserFollowUp<Transaction>[],
): OneTimeTokenStore {
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
      const wasProven = user.emailConfirmedAt !== null
      const proven = { ...user, passwordHash: newHash, emailConfirmedAt: user.emailConfirmedAt ?? now }
      await discardTokens(transaction, user.id)
      writeMessages(transaction, messages)
      return {
        outcome: 'reset',
        user: writeUser(transaction, proven, user),
        revokedSessionIds: await endSessions(transaction, user.id, { now }),
        deletedApiKeyIds: wasProven ? [] : await followUser(followUps, 'proven', transaction, { userId: user.id, now }),
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
      await followUser(followUps, 'addressChanged', transaction, { userId: user.id, now })
      return {
        outcome: 'changed',
        user: writeUser(transaction, { ...user, email: token.email, emailConfirmedAt: now }, user),
        previousEmail: user.email,
        revokedSessionIds: await endSessions(transaction, user.id, { now, exceptSessionId: token.sessionId }),
      }
    }, reserving),
  }
}
