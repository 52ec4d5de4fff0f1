import type { Passkey } from '../../../schemas/passkeys/passkey.js'
import { timestamp } from '../../http/answer-issued-tokens.js'
import type { PasskeyRecord } from './port.js'

/** Returns what the owner may see of a passkey. */
export function publicPasskey({ id, name, createdAt, lastUsedAt, backedUp, ...record }: PasskeyRecord): Passkey {
  return {
    id,
    name,
    createdAt: timestamp(createdAt),
    lastUsedAt: lastUsedAt === null ? null : timestamp(lastUsedAt),
    synced: backedUp,
    transports: [...record.transports],
    credentialId: record.credentialId,
    userHandle: record.userHandle,
  }
}
