import type { Kysely } from 'kysely'
import type { ProofPart } from '../../../storage/proof-part.js'
import { lockUser } from '../../../storage/sql/find-user.js'
import { isAskedInTime } from '../../../storage/sql/is-asked-in-time.js'
import { storeMessages } from '../../../storage/sql/store-messages.js'
import type { Tables } from '../../../storage/sql/tables.js'
import { countFirstFactors } from '../../sessions/count-first-factors.js'
import type {
  EndPasskeySessions,
  PasskeyRegistration,
  PasskeyRemoval,
  PasskeyRenaming,
  PasskeyStore,
  RegisterPasskey,
  RemovePasskey,
  RenamePasskey,
} from '../port.js'
import { countPasskeys, endSessionsOf, isSpent, readByCredentialId, readPasskey, spend } from './sql-records.js'
import { fromPasskey, toPasskey } from './sql-rows.js'

async function register(
  transaction: Kysely<Tables>,
  { passkey, maximumPerUser, asking, messages, ...challenge }: RegisterPasskey,
): Promise<PasskeyRegistration> {
  const { userId, credentialId } = passkey
  await lockUser(transaction, userId)
  if (!(await isAskedInTime(transaction, userId, asking))) return { outcome: 'sessionEnded' }
  if (await isSpent(transaction, challenge)) return { outcome: 'spent' }
  if ((await readByCredentialId(transaction, credentialId)) !== null) return { outcome: 'taken' }
  if ((await countPasskeys(transaction, userId)) >= maximumPerUser) return { outcome: 'limitReached' }
  await transaction.insertInto('fast_auth_passkeys').values(fromPasskey(passkey)).execute()
  await spend(transaction, challenge, { passkey, session: null })
  await storeMessages(transaction, messages)
  return { outcome: 'registered' }
}

async function rename(transaction: Kysely<Tables>, request: RenamePasskey): Promise<PasskeyRenaming> {
  const { passkeyId, userId, name, asking } = request
  await lockUser(transaction, userId)
  if (!(await isAskedInTime(transaction, userId, asking))) return { outcome: 'sessionEnded' }
  const passkey = await readPasskey(transaction, request)
  if (passkey === null) return { outcome: 'unknown' }
  await transaction.updateTable('fast_auth_passkeys').set({ name }).where('id', '=', passkeyId).execute()
  return { outcome: 'renamed', passkey: { ...passkey, name } }
}

async function remove(
  transaction: Kysely<Tables>,
  request: RemovePasskey,
  proofParts: readonly ProofPart<Kysely<Tables>>[],
): Promise<PasskeyRemoval> {
  const { passkeyId, userId, asking, now, messages, mayBeLast = false } = request
  const user = await lockUser(transaction, userId)
  if (user === null || !(await isAskedInTime(transaction, userId, asking))) return { outcome: 'sessionEnded' }
  const passkey = await readPasskey(transaction, request)
  if (passkey === null) return { outcome: 'unknown' }
  if (!mayBeLast && (await countFirstFactors(proofParts, transaction, user)) === 1)
    return { outcome: 'lastSignInMethod' }
  await transaction.deleteFrom('fast_auth_passkeys').where('id', '=', passkeyId).execute()
  await storeMessages(transaction, messages)
  const revokedSessionIds = await endSessionsOf(transaction, passkey, { exceptSessionId: asking.sessionId, now })
  return { outcome: 'removed', passkey, revokedSessionIds }
}

async function endSessions(
  transaction: Kysely<Tables>,
  request: EndPasskeySessions,
): Promise<{ revokedSessionIds: readonly string[] }> {
  const { userId, now, messages } = request
  await lockUser(transaction, userId)
  const passkey = await readPasskey(transaction, request)
  if (passkey === null) return { revokedSessionIds: [] }
  await storeMessages(transaction, messages)
  return { revokedSessionIds: await endSessionsOf(transaction, passkey, { exceptSessionId: null, now }) }
}

/** @param proofParts the proofs of all features */
export function sqlPasskeys(database: Kysely<Tables>, proofParts: readonly ProofPart<Kysely<Tables>>[]): PasskeyStore {
  return {
    register: request => database.transaction().execute(transaction => register(transaction, request)),

    findByCredentialId: ({ credentialId }) => readByCredentialId(database, credentialId),

    async list({ userId }) {
      const rows = await database
        .selectFrom('fast_auth_passkeys')
        .selectAll()
        .where('user_id', '=', userId)
        .orderBy('created_at')
        .orderBy('id')
        .execute()
      return rows.map(toPasskey)
    },

    rename: request => database.transaction().execute(transaction => rename(transaction, request)),

    remove: request => database.transaction().execute(transaction => remove(transaction, request, proofParts)),

    endSessions: request => database.transaction().execute(transaction => endSessions(transaction, request)),
  }
}
