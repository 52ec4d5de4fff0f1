import { type Static, Type } from '@sinclair/typebox'
import { builtInRoles, maximumRoles, type OwnRoles } from './roles.js'

const day = 86_400

const ownRole = Type.Object(
  { like: Type.Unsafe<'admin' | 'member'>({ enum: ['admin', 'member'] }) },
  { additionalProperties: false },
)

/** Organisations, roles and invitations. */
export const OrganizationOptions = Type.Object(
  {
    /**
     * Roles of your application, beside `owner`, `admin` and `member`. For fast-auth, each may do what the role that it is `like`
     * may. Your routes decide what else it may do.
     * @default {}
     * @example
     * ```ts
     * roles: { billing: { like: 'member' }, maintainer: { like: 'admin' } }
     * ```
     * @see OWASP ASVS 5.0, 8.2.1
     */
    roles: Type.Optional(
      Type.Record(Type.String({ pattern: `^(?!(${builtInRoles.join('|')})$)[a-z][a-z0-9_-]{0,39}$` }), ownRole, {
        additionalProperties: false,
        default: {},
        maxProperties: maximumRoles,
        description:
          "an object with at most 50 roles such as { billing: { like: 'member' } }: names of 1 to 40 lower-case letters, digits, _ and -, other than owner, admin and member",
      }),
    ),
    /**
     * Creates a personal organisation for each new user, in the step that creates the user. It has no other members, and is
     * deleted with its user. The session of `signUp` begins in it. Users who exist already get none.
     * @default false
     */
    personal: Type.Optional(Type.Boolean({ default: false })),
    /**
     * The least role that may list the members of an organisation, with their addresses.
     * @default 'admin'
     */
    memberList: Type.Optional(Type.Unsafe<'admin' | 'member'>({ enum: ['admin', 'member'], default: 'admin' })),
    /**
     * Maximum number of organisations that a user may own when they create one. Personal ones do not count. An owner may exceed it by
     * making the user an owner of another one.
     * @default 100
     */
    maximumOwned: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, default: 100 })),
    /**
     * Maximum number of members of an organisation. `inviteMember` also counts the invitations that have not expired.
     * @default 1000
     */
    maximumMembers: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000_000, default: 1000 })),
    /**
     * Lifetime of an invitation, in seconds.
     * @default 604_800 (7 days)
     */
    invitationLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 300, maximum: 90 * day, default: 7 * day })),
  },
  { additionalProperties: false },
)
export type OrganizationOptions = Static<typeof OrganizationOptions>

/** The options with all defaults filled in. */
export interface OrganizationSettings extends Required<Omit<OrganizationOptions, 'roles'>> {
  /** The application's own roles. */
  readonly ownRoles: OwnRoles
}
