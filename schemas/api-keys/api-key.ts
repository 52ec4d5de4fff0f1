import { type Static, Type } from '@sinclair/typebox'
import { Id, Timestamp } from '../fields.js'

const shown = {
  id: Id,
  name: Type.String({ examples: ['nightly reports'] }),
  keyPrefix: Type.String({ description: 'The first characters of the key, for display', examples: ['sk-9fQ2'] }),
  lastFour: Type.String({ description: 'The last four characters of the key', examples: ['0mLq'] }),
  scopes: Type.Array(Type.String(), { description: 'The scopes that the key grants', examples: [['reports:read']] }),
  createdAt: Timestamp,
  expiresAt: Type.Union([Timestamp, Type.Null()], {
    description: 'When the key expires; `null` if it does not expire',
  }),
  lastUsedAt: Type.Union([Timestamp, Type.Null()], {
    description: 'When the key was last used, to about a minute; `null` if it has not been used',
  }),
}

const ShownApiKey = Type.Object(shown, { $id: 'fast-auth.AuthApiKey' })

/** An API key without its secret. `organizationId` exists only with organisations: see `schemasWithOrganizations`. */
export const ApiKey = Type.Unsafe<Static<typeof ShownApiKey> & { organizationId?: string | null }>(ShownApiKey)
export type ApiKey = Static<typeof ApiKey>

const ShownNewApiKey = Type.Object(
  { ...shown, key: Type.String({ description: 'The key itself. No later response contains it.' }) },
  { $id: 'fast-auth.AuthNewApiKey' },
)

/** A new API key. No later response contains `key`. */
export const NewApiKey = Type.Unsafe<Static<typeof ShownNewApiKey> & { organizationId?: string | null }>(ShownNewApiKey)
export type NewApiKey = Static<typeof NewApiKey>
