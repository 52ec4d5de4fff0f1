import { type Static, Type } from '@sinclair/typebox'
import { Id, Timestamp } from '../fields.js'
import type { CurrentOrganization } from '../organizations/fields.js'

const expiresAt = Type.String({
  format: 'date-time',
  description: 'When the session ends unless the client refreshes it earlier',
  examples: ['2026-05-15T09:30:00.000Z'],
})

const SessionWithTimes = Type.Object({ id: Id, createdAt: Timestamp, expiresAt }, { $id: 'fast-auth.AuthSession' })

/** A session in a response to a sign-in or a refresh. `organization` exists only with organisations: see `schemasWithOrganizations`. */
export const Session = Type.Unsafe<Static<typeof SessionWithTimes> & { organization?: CurrentOrganization }>(
  SessionWithTimes,
)
export type Session = Static<typeof Session>

/** A session in the list of sessions. */
export const ListedSession = Type.Object(
  {
    id: Id,
    createdAt: Timestamp,
    lastSeenAt: Type.String({ format: 'date-time', description: 'When the session was created or last refreshed' }),
    expiresAt,
    userAgent: Type.Union([Type.String(), Type.Null()], {
      description: 'The `User-Agent` of the sign-in, then of the last refresh',
    }),
    ip: Type.Union([Type.String(), Type.Null()], {
      description: 'The network address of the sign-in, then of the last refresh',
    }),
    current: Type.Boolean({ description: 'Whether this session sent the request' }),
  },
  { $id: 'fast-auth.AuthListedSession' },
)
export type ListedSession = Static<typeof ListedSession>
