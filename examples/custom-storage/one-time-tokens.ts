import {
  askingOf,
  type OneTimeTokenPurpose,
  type OneTimeTokenRecord,
  type OneTimeTokenStore,
  type PresentedOneTimeToken,
  type UserRecord,
} from 'fast-auth/storage'
import { endApiKeys } from './api-keys.ts'
import { removeIdentities } from './identity-records.ts'
import { removeInvitationsBy, removeInvitationTo } from './organization-records.ts'
import { storeMessages } from './outbox.ts'
import { removePasskeys } from './passkeys.ts'
import { removeFactors } from './second-factors.ts'
import { endSessions } from './sessions.ts'
import type { DefineMethod } from './step.ts'
import { type Change, enabledUser, idsOf, isAskedInTime, isLive, ofUser, type Tables } from './tables.ts'
import { writeUser } from './users.ts'

const everyPurpose: readonly OneTimeTokenPurpose[] = ['confirmEmail', 'resetPassword', 'changeEmail']

/** Removes the user's tokens of these purposes. */
export function discardTokens(tables: Tables, userId: string, purposes = everyPurpose): readonly Change[] {
  const discarded = ofUser(tables.oneTimeTokens, userId).filter(({ purpose }) => purposes.includes(purpose))
  return discarded.map(({ hash }): Change => ['oneTimeTokens', hash, null])
}

/** Removes the user's pending address change if one of the given sessions requested it. */
export function discardEmailChange(
  tables: Tables,
  userId: string,
  isMeant: (sessionId: string | null) => boolean,
): readonly Change[] {
  const pending = ofUser(tables.oneTimeTokens, userId).filter(({ purpose }) => purpose === 'changeEmail')
  return pending.filter(({ sessionId }) => isMeant(sessionId)).map(({ hash }) => ['oneTimeTokens', hash, null])
}

/** Stores the token, replacing the user's token of the same purpose. */
export function replaceToken(tables: Tables, token: OneTimeTokenRecord): readonly Change[] {
  const { hash, userId, purpose } = token
  const namesake = tables.oneTimeTokens.get(hash)
  const isReplaced = namesake === undefined || (namesake.userId === userId && namesake.purpose === purpose)
  if (!isReplaced) throw new Error('Another token has this hash')
  return [...discardTokens(tables, userId, [purpose]), ['oneTimeTokens', hash, token]]
}

interface LiveToken {
  readonly token: OneTimeTokenRecord
  readonly user: UserRecord
}

export function customOneTimeTokens(tables: Tables, method: DefineMethod): OneTimeTokenStore {
  function findLive({ hash, now }: PresentedOneTimeToken, purpose: OneTimeTokenPurpose): LiveToken | null {
    const token = tables.oneTimeTokens.get(hash)
    const user = token && enabledUser(tables, token.userId)
    if (token === undefined || user === undefined) return null
    return token.purpose === purpose && isLive(token, now) ? { token, user } : null
  }

  /** Finds a token that confirms the user's current address; none if the address has changed since. */
  function findProof(request: PresentedOneTimeToken, purpose: OneTimeTokenPurpose): LiveToken | null {
    const live = findLive(request, purpose)
    return live?.token.email === live?.user.email ? live : null
  }

  return {
    issue: method(({ token, currentHash, messages, messagesIfUnknown = [] }, write) => {
      const user = enabledUser(tables, token.userId)
      if (user === undefined) {
        write(storeMessages(messagesIfUnknown))
        return { outcome: 'unknownUser' }
      }
      if (user.passwordHash !== (currentHash ?? user.passwordHash)) return { outcome: 'stale' }
      if (!isAskedInTime(tables, user.id, askingOf(token))) return { outcome: 'sessionEnded' }
      write([...replaceToken(tables, token), ...storeMessages(messages)])
      return { outcome: 'issued' }
    }),

    find: method(request => findLive(request, request.purpose)),

    confirmEmail: method((request, write) => {
      const proof = findProof(request, 'confirmEmail')
      if (proof === null) return { outcome: 'invalid' }
      const { token, user } = proof
      if (user.passwordHash !== (request.currentHash ?? user.passwordHash)) return { outcome: 'stale' }
      const confirmed = { ...user, emailConfirmedAt: user.emailConfirmedAt ?? request.now }
      write([['oneTimeTokens', token.hash, null], writeUser(confirmed)])
      return { outcome: 'confirmed', user: confirmed }
    }),

    resetPassword: method((request, write) => {
      const proof = findProof(request, 'resetPassword')
      if (proof === null) return { outcome: 'invalid' }
      const { user } = proof
      const { newHash, messages, now } = request
      const reset = { ...user, passwordHash: newHash, emailConfirmedAt: user.emailConfirmedAt ?? now }
      const sessions = ofUser(tables.sessions, user.id)
      // The creator of these keys, factors, passkeys, identities and invitations had not proven ownership of the address.
      const isUnproven = user.emailConfirmedAt === null
      const unprovenKeys = isUnproven ? ofUser(tables.apiKeys, user.id) : []
      write([
        writeUser(reset),
        ...discardTokens(tables, user.id),
        ...endSessions(sessions, now),
        ...endApiKeys(unprovenKeys, now),
        ...(isUnproven ? [...removeFactors(tables, user.id), ...removePasskeys(tables, user.id)] : []),
        ...(isUnproven ? [...removeIdentities(tables, user.id), ...removeInvitationsBy(tables, user.id)] : []),
        ...storeMessages(messages),
      ])
      return {
        outcome: 'reset',
        user: reset,
        revokedSessionIds: idsOf(sessions),
        deletedApiKeyIds: idsOf(unprovenKeys),
      }
    }),

    changeEmail: method((request, write) => {
      const live = findLive(request, 'changeEmail')
      if (live === null) return { outcome: 'invalid' }
      const { token, user } = live
      if (user.passwordHash !== (request.currentHash ?? user.passwordHash)) return { outcome: 'stale' }
      const { email } = token
      const isTaken = [...tables.users.values()].some(other => other.email === email && other.id !== user.id)
      if (isTaken) {
        write([['oneTimeTokens', token.hash, null]])
        return { outcome: 'emailTaken' }
      }
      const moved = { ...user, email, emailConfirmedAt: request.now }
      const others = ofUser(tables.sessions, user.id).filter(({ id }) => id !== token.sessionId)
      // A former member could otherwise return by an invitation to the former address.
      const invitations = ofUser(tables.memberships, user.id).flatMap(one => removeInvitationTo(tables, one))
      write([writeUser(moved), ...discardTokens(tables, user.id), ...endSessions(others, request.now), ...invitations])
      return { outcome: 'changed', user: moved, previousEmail: user.email, revokedSessionIds: idsOf(others) }
    }),
  }
}
