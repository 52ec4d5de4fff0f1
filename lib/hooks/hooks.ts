import type { HookName } from '../events/hook-names.js'
import type { LoadedUser } from '../tokens/loaded-user.js'
import type { HookContext } from './hook-context.js'
import type {
  InvitationChangeHookContext,
  MembershipChangeHookContext,
  OrganizationChangeHookContext,
} from './organization-hooks.js'

export type * from './organization-hooks.js'

/** The input of the hook `beforeSignUp`. */
export interface SignUpHookContext extends HookContext {
  /** The canonical address. There is no user yet, and the address may be taken. */
  readonly email: string
  /** The canonical user name, which may be taken too; `null` if none was chosen. */
  readonly username: string | null
}

/** The input of the hook `afterSignUp`. */
export interface SignedUpHookContext extends HookContext {
  readonly user: LoadedUser
  /** The session that the sign-up created; `null` if the address must be confirmed first, and with a mailed code, whose session follows. */
  readonly sessionId: string | null
}

/** The input of the hook `beforeSignIn`. */
export interface SignInHookContext extends HookContext {
  /** The user whose proofs were right. Not signed in yet: `lastSignInAt` is the sign-in before. */
  readonly user: LoadedUser
}

/** The input of the hook `afterSignIn`. */
export interface SignedInHookContext extends HookContext {
  readonly user: LoadedUser
  readonly sessionId: string
}

/** The input of the hook `afterPasswordChange`. */
export interface PasswordChangeHookContext extends HookContext {
  readonly user: LoadedUser
  /** `password_changed`: with the present password. `password_reset`: with a mailed link. */
  readonly reason: 'password_changed' | 'password_reset'
}

/** The input of the hook `afterEmailConfirm`. */
export interface EmailConfirmHookContext extends HookContext {
  /** Includes the newly confirmed address. */
  readonly user: LoadedUser
  /** What confirmed it: the link of a confirmation or a sign-in code, of an address change, or of a password reset. */
  readonly reason: 'email_confirmed' | 'email_changed' | 'password_reset'
}

/** Why a session ended. */
export type SessionEndReason =
  | 'sign_out'
  | 'revoked'
  | 'password_changed'
  | 'password_reset'
  | 'email_changed'
  | 'email_confirmed'
  | 'second_factor_changed'
  | 'identity_unlinked'
  | 'passkey_removed'
  | 'passkey_copied'
  | 'refresh_token_reused'
  | 'too_many_sessions'
  | 'user_deleted'
  | 'user_disabled'

/** The input of the hook `afterSessionEnd`. */
export interface SessionEndHookContext extends HookContext {
  readonly userId: string
  readonly sessionId: string
  readonly reason: SessionEndReason
}

/** The input of the hook `afterSecondFactorChange`. */
export interface SecondFactorChangeHookContext extends HookContext {
  readonly user: LoadedUser
  /** What was changed. `cleared`: all second factors were removed by the application or an administrator. */
  readonly reason: 'totp_added' | 'totp_removed' | 'recovery_codes_renewed' | 'cleared'
}

/** The input of the hook `afterPasskeyChange`. */
export interface PasskeyChangeHookContext extends HookContext {
  readonly user: LoadedUser
  readonly passkey: { readonly id: string; readonly name: string }
  readonly reason: 'passkey_added' | 'passkey_renamed' | 'passkey_removed'
}

/** The input of the hook `afterIdentityChange`. */
export interface IdentityChangeHookContext extends HookContext {
  readonly user: LoadedUser
  readonly identity: { readonly id: string; readonly provider: string }
  readonly reason: 'identity_linked' | 'identity_unlinked'
}

/** The input of the hook `onProviderTokens`. */
export interface ProviderTokensHookContext extends HookContext {
  readonly user: LoadedUser
  /** The name of the provider. */
  readonly provider: string
  /** The tokens that the provider issued. fast-auth does not keep them. */
  readonly tokens: {
    /** `null` if a native app sent an ID token. */
    readonly accessToken: string | null
    readonly refreshToken: string | null
    readonly idToken: string | null
    /** Granted scopes, separated by spaces; `null` if the provider does not list them. */
    readonly scope: string | null
    /** When the access token expires; `null` if the provider does not say it. */
    readonly expiresAt: number | null
  }
}

/** The input of the hooks `beforeUserDelete` and `afterUserDelete`. */
export interface UserDeleteHookContext extends HookContext {
  /** The record before the deletion. */
  readonly user: LoadedUser
}

type Hook<Context extends HookContext> = (context: Context) => void | Promise<void>

/** The application's hooks by name. They are awaited; their return values are ignored. */
export interface Hooks extends Record<HookName, Hook<never>> {
  readonly beforeSignUp: Hook<SignUpHookContext>
  readonly afterSignUp: Hook<SignedUpHookContext>
  readonly beforeSignIn: Hook<SignInHookContext>
  readonly afterSignIn: Hook<SignedInHookContext>
  readonly afterPasswordChange: Hook<PasswordChangeHookContext>
  readonly afterEmailConfirm: Hook<EmailConfirmHookContext>
  readonly afterSecondFactorChange: Hook<SecondFactorChangeHookContext>
  readonly afterPasskeyChange: Hook<PasskeyChangeHookContext>
  readonly afterIdentityChange: Hook<IdentityChangeHookContext>
  readonly onProviderTokens: Hook<ProviderTokensHookContext>
  readonly afterOrganizationChange: Hook<OrganizationChangeHookContext>
  readonly afterMembershipChange: Hook<MembershipChangeHookContext>
  readonly afterInvitationChange: Hook<InvitationChangeHookContext>
  readonly afterSessionEnd: Hook<SessionEndHookContext>
  readonly beforeUserDelete: Hook<UserDeleteHookContext>
  readonly afterUserDelete: Hook<UserDeleteHookContext>
}

/** Dependencies for calling hooks. */
export interface HookDependencies {
  readonly given: Partial<Hooks>
  readonly timeoutMilliseconds: number
  /** Running hooks that no answer waits for. They never reject. */
  readonly underWay: Set<Promise<void>>
  /** Called with the error of an after-hook. The error of a before-hook is in the answer. */
  onFailure(name: HookName, error: unknown): void
}
