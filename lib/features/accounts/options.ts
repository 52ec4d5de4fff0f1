import { Type } from '@sinclair/typebox'
import type { ClaimsHook } from '../../tokens/claims-hook.js'

/** An object schema as TypeBox's `Type.Object` creates it, in any version. */
export interface ProfileSchema {
  readonly type: 'object'
  readonly properties?: object
}

/** Claims, profiles and names of users. */
export const UserOptions = Type.Object({
  /**
   * Returns further claims for the access tokens of a user. They have at most 1,024 bytes of JSON, and no registered name.
   * fast-auth calls the function before it issues tokens and before it writes anything. If it throws, the request fails.
   * @default none: access tokens have no further claims
   * @example
   * ```ts
   * const admins = new Set([process.env.ADMIN_USER_ID])
   * await app.register(fastAuth, {
   *   secrets,
   *   storage,
   *   claims: ({ user }) => ({ role: admins.has(user.id) ? 'admin' : 'member' }),
   * })
   * ```
   * @see RFC 7519, section 4.3 (private claims)
   */
  claims: Type.Optional(Type.Unsafe<ClaimsHook>(Type.Unknown())),
  /**
   * Schema of the fields that your application adds to users. Users set the fields at sign-up and change them later. Only
   * your server sets a field with `readOnly: true`, with `app.fastAuth.updateProfile`. Other fields are refused.
   * @default none: users have no profile
   * @example
   * ```ts
   * import { Type } from '@sinclair/typebox'
   *
   * const profileSchema = Type.Object({
   *   nickname: Type.Optional(Type.String({ maxLength: 50 })),
   *   plan: Type.Optional(Type.String({ readOnly: true })),
   * })
   * await app.register(fastAuth, { secrets, storage, profileSchema })
   * ```
   */
  profileSchema: Type.Optional(Type.Unsafe<ProfileSchema>(Type.Unknown())),
  /**
   * Allows user names, with which users sign in as well as with their addresses.
   * @default false
   */
  usernames: Type.Optional(Type.Boolean({ default: false })),
  /**
   * User names that users cannot choose, in addition to `admin`, `support` and similar ones. Requires `usernames`.
   * @default []
   * @example
   * ```ts
   * reservedUsernames: ['pricing', 'blog', 'docs']
   * ```
   */
  reservedUsernames: Type.Optional(
    Type.Unsafe<readonly string[]>(
      Type.Array(Type.String({ pattern: '^[A-Za-z0-9._-]{1,30}$', description: 'of letters, digits and . _ -' }), {
        maxItems: 1000,
        default: [],
        description: 'a list of at most 1000 user names',
      }),
    ),
  ),
})
