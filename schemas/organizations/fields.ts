import { type Static, Type } from '@sinclair/typebox'
import { Id } from '../fields.js'

/** A new name of an organisation. */
export const OrganizationName = Type.String({
  minLength: 1,
  maxLength: 200,
  description:
    'A name for people: 1 to 100 characters, without control characters, line breaks, marks of direction and links. Leading and trailing whitespace is removed.',
  examples: ['Analytical Engines'],
})

/** A role in a request. */
export const RoleName = Type.String({
  minLength: 1,
  maxLength: 40,
  description: 'owner, admin, member, or a role of the application',
  examples: ['member'],
})

/** A role in a response. */
export const Role = Type.String({
  description: 'owner, admin, member, or a role of the application',
  examples: ['member'],
})

/** The organisation in which a session or an API key acts. */
export const CurrentOrganization = Type.Union([Type.Object({ id: Id, role: Role }), Type.Null()], {
  description: 'The organisation in which the credential acts, and the role of its user there; `null`: in none',
})
export type CurrentOrganization = Static<typeof CurrentOrganization>

/** The query of a list that is read page by page. */
export const PageQuery = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
    after: Type.Optional(
      Type.String({
        format: 'uuid',
        description: 'The page starts after this value: `next` of the page before',
        examples: ['3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11'],
      }),
    ),
  },
  { additionalProperties: false },
)
export type PageQuery = Static<typeof PageQuery>

/** Where the next page of a list starts. */
export const Next = Type.Union([Id, Type.Null()], {
  description: 'The value of `after` for the next page; `null` on the last page',
})

/** The parameter in a path that names an organisation. */
export const OrganizationParams = Type.Object({ id: Id }, { additionalProperties: false })
export type OrganizationParams = Static<typeof OrganizationParams>

/** The parameters in a path that names a member. */
export const MemberParams = Type.Object({ id: Id, userId: Id }, { additionalProperties: false })
export type MemberParams = Static<typeof MemberParams>

/** The parameters in a path that names an invitation. */
export const InvitationParams = Type.Object({ id: Id, invitationId: Id }, { additionalProperties: false })
export type InvitationParams = Static<typeof InvitationParams>
