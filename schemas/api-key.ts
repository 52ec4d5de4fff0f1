import { type Static, Type } from '@sinclair/typebox'
import { Id, Timestamp } from './fields.js'

const shown = {
  id: Id,
  name: Type.String({ examples: ['nightly reports'] }),
  keyPrefix: Type.String({ description: 'The first characters of the key', examples: ['sk-9fQ2'] }),
  lastFour: Type.String({ description: 'Its last four', examples: ['0mLq'] }),
  scopes: Type.Array(Type.String(), { description: 'What the key may do', examples: [['reports:read']] }),
  createdAt: Timestamp,
  expiresAt: Type.Union([Timestamp, Type.Null()], { description: 'From then on the key is refused; `null`: never' }),
  lastUsedAt: Type.Union([Timestamp, Type.Null()], { description: 'To the minute or so; `null`: never yet' }),
}

/** A key as a list shows it. */
export const ApiKey = Type.Object(shown, { $id: 'fast-auth.AuthApiKey' })
export type ApiKey = Static<typeof ApiKey>

/** A key that was just made: the one time that it is shown. */
export const NewApiKey = Type.Object(
  { ...shown, key: Type.String({ description: 'The key itself. It is never shown again.' }) },
  { $id: 'fast-auth.AuthNewApiKey' },
)
export type NewApiKey = Static<typeof NewApiKey>
