import { type Static, Type } from '@sinclair/typebox'
import { Id, Timestamp } from '../fields.js'

/** The name of a passkey. */
export const PasskeyName = Type.String({
  minLength: 1,
  maxLength: 200,
  description: 'A label for the user. At most 100 characters; leading and trailing whitespace is removed.',
  examples: ['Work laptop'],
})

/** A passkey of the user, without its public key. */
export const Passkey = Type.Object(
  {
    id: Id,
    name: Type.String(),
    createdAt: Timestamp,
    lastUsedAt: Type.Union([Timestamp, Type.Null()], {
      description: 'null: it was never used to sign in or with `reauthenticate`',
    }),
    synced: Type.Boolean({
      description: 'Whether the passkey is backed up, for example by the password manager of a platform',
    }),
    transports: Type.Array(Type.String(), {
      description: 'How the browser reaches the authenticator',
      examples: [['internal', 'hybrid']],
    }),
    credentialId: Type.String({ description: 'The credential id, in base64url, for the signals to the authenticator' }),
    userHandle: Type.String({ description: 'The user handle, in base64url, for the signals to the authenticator' }),
  },
  { $id: 'fast-auth.AuthPasskey' },
)
export type Passkey = Static<typeof Passkey>
