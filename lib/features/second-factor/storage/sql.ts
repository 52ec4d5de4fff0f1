import type { Kysely } from 'kysely'
import { lockUser } from '../../../storage/sql/find-user.js'
import { isAskedInTime } from '../../../storage/sql/is-asked-in-time.js'
import { revokeAllSessionsOf } from '../../../storage/sql/revoke.js'
import { lockLiveSession, succeedSession } from '../../../storage/sql/session-rows.js'
import { storeMessages } from '../../../storage/sql/store-messages.js'
import type { Tables } from '../../../storage/sql/tables.js'
import { joinMethods } from '../../sessions/join-methods.js'
import { confirmFactor } from '../confirm-factor.js'
import type {
  ClearSecondFactors,
  ConfirmTotp,
  RemoveTotp,
  RenewRecoveryCodes,
  SecondFactorStore,
  SecondFactors,
  StartTotp,
  TotpConfirmation,
} from '../port.js'
import {
  hasConfirmedFactor,
  readFactor,
  removeFactor,
  removeFactors,
  replaceCodes,
  updateFactor,
} from './sql-records.js'
import { fromFactor, toFactor } from './sql-rows.js'

type Refused = { readonly outcome: 'sessionEnded' | 'unknown' }

/** Reads the app and the number of codes in one statement: only a user with an app has codes. */
async function find(database: Kysely<Tables>, userId: string): Promise<SecondFactors> {
  const row = await database
    .selectFrom('fast_auth_totp_factors as factor')
    .selectAll('factor')
    .select(({ selectFrom }) =>
      selectFrom('fast_auth_recovery_codes as code')
        .select(({ fn }) => fn.countAll().as('total'))
        .whereRef('code.user_id', '=', 'factor.user_id')
        .as('codes_left'),
    )
    .where('factor.user_id', '=', userId)
    .executeTakeFirst()
  return row === undefined
    ? { totp: null, recoveryCodesLeft: 0 }
    : { totp: toFactor(row), recoveryCodesLeft: Number(row.codes_left) }
}

async function startTotp(
  transaction: Kysely<Tables>,
  { factor, asking }: StartTotp,
): Promise<{ outcome: 'started' | 'alreadySet' | 'sessionEnded' }> {
  const { userId } = factor
  await lockUser(transaction, userId)
  if (!(await isAskedInTime(transaction, userId, asking))) return { outcome: 'sessionEnded' }
  if (await hasConfirmedFactor(transaction, userId)) return { outcome: 'alreadySet' }
  await removeFactor(transaction, userId)
  await transaction.insertInto('fast_auth_totp_factors').values(fromFactor(factor)).execute()
  return { outcome: 'started' }
}

async function confirmTotp(transaction: Kysely<Tables>, request: ConfirmTotp): Promise<TotpConfirmation> {
  const { userId, sessionId, idleExpiresAt, recoveryCodes, now, messages } = request
  const user = await lockUser(transaction, userId)
  const confirmed = confirmFactor(await readFactor(transaction, userId), request)
  if (user === null || confirmed === null) return { outcome: 'stale' }
  const goingOn = await lockLiveSession(transaction, { sessionId, userId, now })
  if (goingOn === null) return { outcome: 'sessionEnded' }
  await updateFactor(transaction, confirmed)
  await replaceCodes(transaction, userId, { hashes: recoveryCodes, now })
  await storeMessages(transaction, messages)
  const proven = { ...goingOn, methods: joinMethods(goingOn, ['totp']), authenticatedAt: now }
  const generation = goingOn.generation + 2
  return {
    outcome: 'confirmed',
    user,
    session: await succeedSession(transaction, proven, { generation, idleExpiresAt, now }),
    revokedSessionIds: await revokeAllSessionsOf(transaction, userId, { exceptSessionId: sessionId, now }),
  }
}

/** Locks the user. Returns why a session may not change the user's confirmed factor; `null` if it may. */
async function refusal(
  transaction: Kysely<Tables>,
  { userId, asking }: Pick<RemoveTotp, 'userId' | 'asking'>,
): Promise<Refused | null> {
  await lockUser(transaction, userId)
  if (!(await isAskedInTime(transaction, userId, asking))) return { outcome: 'sessionEnded' }
  return (await hasConfirmedFactor(transaction, userId)) ? null : { outcome: 'unknown' }
}

async function removeTotp(
  transaction: Kysely<Tables>,
  request: RemoveTotp,
): Promise<Refused | { outcome: 'removed'; revokedSessionIds: readonly string[] }> {
  const { userId, asking, now, messages } = request
  const refused = await refusal(transaction, request)
  if (refused !== null) return refused
  await removeFactors(transaction, userId)
  await storeMessages(transaction, messages)
  const exceptSessionId = asking.sessionId
  return {
    outcome: 'removed',
    revokedSessionIds: await revokeAllSessionsOf(transaction, userId, { exceptSessionId, now }),
  }
}

async function renewRecoveryCodes(
  transaction: Kysely<Tables>,
  request: RenewRecoveryCodes,
): Promise<Refused | { outcome: 'renewed' }> {
  const { userId, recoveryCodes, asking, messages } = request
  const refused = await refusal(transaction, request)
  if (refused !== null) return refused
  await replaceCodes(transaction, userId, { hashes: recoveryCodes, now: asking.now })
  await storeMessages(transaction, messages)
  return { outcome: 'renewed' }
}

async function clear(
  transaction: Kysely<Tables>,
  { userId, now, messages }: ClearSecondFactors,
): Promise<{ outcome: 'unknown' } | { outcome: 'removed'; revokedSessionIds: readonly string[] }> {
  await lockUser(transaction, userId)
  if (!(await removeFactors(transaction, userId))) return { outcome: 'unknown' }
  await storeMessages(transaction, messages)
  return {
    outcome: 'removed',
    revokedSessionIds: await revokeAllSessionsOf(transaction, userId, { exceptSessionId: null, now }),
  }
}

export function sqlSecondFactors(database: Kysely<Tables>): SecondFactorStore {
  return {
    find: ({ userId }) => find(database, userId),

    startTotp: request => database.transaction().execute(transaction => startTotp(transaction, request)),

    confirmTotp: request => database.transaction().execute(transaction => confirmTotp(transaction, request)),

    removeTotp: request => database.transaction().execute(transaction => removeTotp(transaction, request)),

    renewRecoveryCodes: request =>
      database.transaction().execute(transaction => renewRecoveryCodes(transaction, request)),

    clear: request => database.transaction().execute(transaction => clear(transaction, request)),
  }
}
