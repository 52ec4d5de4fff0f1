import { type Static, Type } from '@sinclair/typebox'
import { Id, Timestamp } from '../fields.js'
import { Role } from './fields.js'

/** An organisation, as one of its members sees it. */
export const Organization = Type.Object(
  {
    id: Id,
    name: Type.String({ examples: ['Analytical Engines'] }),
    kind: Type.Unsafe<'shared' | 'personal'>({
      type: 'string',
      enum: ['shared', 'personal'],
      description: '`personal`: it belongs to one user and has no other members',
    }),
    role: Role,
    joinedAt: Timestamp,
    current: Type.Boolean({ description: 'Whether the credential of the request acts in it' }),
  },
  { $id: 'fast-auth.AuthOrganization' },
)
export type Organization = Static<typeof Organization>
