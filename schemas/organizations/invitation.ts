import { type Static, Type } from '@sinclair/typebox'
import { Id, Timestamp } from '../fields.js'
import { Role } from './fields.js'

/** An invitation to an organisation, without its token. */
export const Invitation = Type.Object(
  {
    id: Id,
    email: Type.String({ description: 'The canonical address', examples: ['grace@example.com'] }),
    role: Role,
    expiresAt: Timestamp,
  },
  { $id: 'fast-auth.AuthInvitation' },
)
export type Invitation = Static<typeof Invitation>

/** An invitation as the client that has its token sees it. */
export const InvitationPreview = Type.Object(
  {
    organizationName: Type.String({ examples: ['Analytical Engines'] }),
    role: Role,
    email: Type.String({
      description: 'The invited address, with most of its characters replaced',
      examples: ['g***@example.com'],
    }),
    expiresAt: Timestamp,
  },
  { $id: 'fast-auth.AuthInvitationPreview' },
)
export type InvitationPreview = Static<typeof InvitationPreview>
