import { type TUnsafe, Type } from '@sinclair/typebox'
import type { Hooks } from '../../hooks/hooks.js'

function hook<Name extends keyof Hooks>(): TUnsafe<Hooks[Name]> {
  return Type.Unsafe<Hooks[Name]>(Type.Unknown())
}

/**
 * Functions of the application, each awaited. If a before-hook throws, nothing has changed. If an after-hook throws, the
 * change stays committed, the response is still a success, and the event `hook_failed` is emitted.
 */
export const HookOptions = Type.Object(
  {
    /**
     * Maximum duration of a hook, in seconds. A hook that exceeds it has failed, and its `signal` is aborted.
     * @default 5
     */
    timeoutSeconds: Type.Optional(Type.Number({ minimum: 0.1, maximum: 60, default: 5 })),
    /**
     * Runs before a sign-up, after the check of the password's rules and before the lookup of the address. Throw a
     * `SignUpRefusedError` to refuse the sign-up.
     * @default none
     * @example
     * ```ts
     * beforeSignUp({ email }) {
     *   if (!email.endsWith('@example.com')) throw new SignUpRefusedError('Use the address of your company')
     * }
     * ```
     */
    beforeSignUp: Type.Optional(hook<'beforeSignUp'>()),
    /**
     * Runs after a new user is stored. With `requireEmailConfirmation` the response does not wait for it: its duration would
     * reveal whether the address is taken.
     * @default none
     * @example
     * ```ts
     * afterSignUp: async ({ user }) => console.log(`${user.id} has signed up`)
     * ```
     */
    afterSignUp: Type.Optional(hook<'afterSignUp'>()),
    /**
     * Runs before a sign-in, after the password is verified. It does not run at a refresh or a sign-up. Throw a
     * `SignInRefusedError` to refuse the sign-in.
     * @default none
     * @example
     * ```ts
     * beforeSignIn({ user }) {
     *   if (user.profile.plan === undefined) throw new SignInRefusedError('Choose a plan first')
     * }
     * ```
     */
    beforeSignIn: Type.Optional(hook<'beforeSignIn'>()),
    /**
     * Runs after the session of a sign-in is stored. It does not run at a refresh or a sign-up.
     * @default none
     * @example
     * ```ts
     * afterSignIn: async ({ user, sessionId, client }) => console.log(user.id, sessionId, client.ip)
     * ```
     */
    afterSignIn: Type.Optional(hook<'afterSignIn'>()),
    /**
     * Runs after a password is changed, or reset with a mailed link.
     * @default none
     * @example
     * ```ts
     * afterPasswordChange: async ({ user, reason }) => console.log(user.id, reason)
     * ```
     */
    afterPasswordChange: Type.Optional(hook<'afterPasswordChange'>()),
    /**
     * Runs after an address is confirmed: by its own link, by the link of an address change, by a first password reset, or by
     * `app.fastAuth.confirmUserEmail`.
     * @default none
     * @example
     * ```ts
     * afterEmailConfirm: async ({ user }) => console.log(`${user.email} is confirmed`)
     * ```
     */
    afterEmailConfirm: Type.Optional(hook<'afterEmailConfirm'>()),
    /**
     * Runs after the second factors of a user are changed. `reason` says how: an authenticator app is added or removed, recovery
     * codes are renewed, or all are cleared.
     * @default none
     * @example
     * ```ts
     * afterSecondFactorChange: async ({ user, reason }) => console.log(user.id, reason)
     * ```
     */
    afterSecondFactorChange: Type.Optional(hook<'afterSecondFactorChange'>()),
    /**
     * Runs after a passkey is added, renamed or removed by its owner.
     * @default none
     * @example
     * ```ts
     * afterPasskeyChange: async ({ user, passkey, reason }) => console.log(user.id, passkey.name, reason)
     * ```
     */
    afterPasskeyChange: Type.Optional(hook<'afterPasskeyChange'>()),
    /**
     * Runs after an account at another provider is linked to a user, or unlinked. It does not run for a sign-up with a provider.
     * @default none
     * @example
     * ```ts
     * afterIdentityChange: async ({ user, identity, reason }) => console.log(user.id, identity.provider, reason)
     * ```
     */
    afterIdentityChange: Type.Optional(hook<'afterIdentityChange'>()),
    /**
     * Receives the tokens of another provider, once for each sign-in with it and for each link. fast-auth does not keep them.
     * @default none
     * @example
     * ```ts
     * onProviderTokens: async ({ user, provider, tokens }) => console.log(user.id, provider, tokens.expiresAt)
     * ```
     */
    onProviderTokens: Type.Optional(hook<'onProviderTokens'>()),
    /**
     * Runs after an organisation is created, renamed or deleted by one of its members. It does not run for personal organisations
     * that begin and end with their users.
     * @default none
     * @example
     * ```ts
     * afterOrganizationChange: async ({ organization, reason }) => console.log(organization.id, reason)
     * ```
     */
    afterOrganizationChange: Type.Optional(hook<'afterOrganizationChange'>()),
    /**
     * Runs after a user becomes a member of an organisation, gets another role, is removed or leaves. It does not run if an
     * organisation or an account is deleted.
     * @default none
     * @example
     * ```ts
     * afterMembershipChange: async ({ membership, reason }) => console.log(membership.userId, membership.role, reason)
     * ```
     */
    afterMembershipChange: Type.Optional(hook<'afterMembershipChange'>()),
    /**
     * Runs after an invitation is sent, withdrawn or declined. Its acceptance runs `afterMembershipChange`.
     * @default none
     * @example
     * ```ts
     * afterInvitationChange: async ({ invitation, reason }) => console.log(invitation.organizationId, reason)
     * ```
     */
    afterInvitationChange: Type.Optional(hook<'afterInvitationChange'>()),
    /**
     * Runs after a session was ended, once for each session. It does not run for sessions that expire.
     * @default none
     * @example
     * ```ts
     * const sockets = new Map<string, { close(): void }>()
     * await app.register(fastAuth, {
     *   secrets,
     *   storage,
     *   hooks: { afterSessionEnd: ({ sessionId }) => sockets.get(sessionId)?.close() },
     * })
     * ```
     */
    afterSessionEnd: Type.Optional(hook<'afterSessionEnd'>()),
    /**
     * Runs before a user is deleted, by `deleteMe` after the password is verified, or by `app.fastAuth.deleteUser`. If it
     * throws, the user is not deleted.
     * @default none
     * @example
     * ```ts
     * beforeUserDelete({ user }) {
     *   if (user.profile.plan === 'pro') throw new Error('The subscription of this user is not cancelled')
     * }
     * ```
     */
    beforeUserDelete: Type.Optional(hook<'beforeUserDelete'>()),
    /**
     * Runs after a user and all their data are deleted. It receives the record from before the deletion.
     * @default none
     * @example
     * ```ts
     * afterUserDelete: async ({ user }) => console.log(`Delete the files of ${user.id}`)
     * ```
     */
    afterUserDelete: Type.Optional(hook<'afterUserDelete'>()),
  },
  { additionalProperties: false },
)
