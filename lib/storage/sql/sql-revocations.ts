import type { Kysely } from 'kysely'
import type { RevocationStore } from '../revocation-store.js'
import { fromRevocation, toRevocation } from './rows.js'
import type { Tables } from './tables.js'

export function sqlRevocations(database: Kysely<Tables>): RevocationStore {
  return {
    async list({ since, after, limit }) {
      const lines = database
        .selectFrom('fast_auth_revocations')
        .selectAll()
        .orderBy('revoked_at')
        .orderBy('kind')
        .orderBy('id')
        .orderBy('generation')
        .limit(limit)
      if (after === undefined) {
        const rows = await lines.where('revoked_at', '>=', since).execute()
        return rows.map(toRevocation)
      }
      const { revoked_at, kind, id, generation } = fromRevocation(after)
      // The instant is also compared alone: not every database uses an index for a row value.
      const rows = await lines
        .where('revoked_at', '>=', Math.max(since, revoked_at))
        .where(({ eb, refTuple, tuple }) =>
          eb(refTuple('revoked_at', 'kind', 'id', 'generation'), '>', tuple(revoked_at, kind, id, generation)),
        )
        .execute()
      return rows.map(toRevocation)
    },
  }
}
