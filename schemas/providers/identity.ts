import { type Static, Type } from '@sinclair/typebox'
import { Id, Timestamp } from '../fields.js'
import { ProviderName } from './fields.js'

/** An account of the user at a provider. */
export const Identity = Type.Object(
  {
    id: Id,
    provider: ProviderName,
    email: Type.Union([Type.String(), Type.Null()], {
      description: 'What the provider said about the address when the identity was linked',
    }),
    createdAt: Timestamp,
    lastUsedAt: Type.Union([Timestamp, Type.Null()], { description: 'The last sign-in with it' }),
  },
  { $id: 'fast-auth.AuthIdentity' },
)
export type Identity = Static<typeof Identity>
