import type { HookName } from '../events/hook-names.js'
import type { LoadedUser } from '../tokens/loaded-user.js'
import type { RequestOrigin } from './request-origin.js'

/** What every hook is told. */
interface HookContext {
  /** Where the request came from. */
  readonly client: RequestOrigin
  /** Aborted when the hook has taken longer than it may, and nobody waits for it any more. */
  readonly signal: AbortSignal
}

export interface SignUpHookContext extends HookContext {
  /** The canonical address. There is no user yet, and the address may be taken. */
  readonly email: string
  /** The canonical user name, which may be taken too; `null` where none was chosen. */
  readonly username: string | null
}

export interface SignedUpHookContext extends HookContext {
  readonly user: LoadedUser
  /** The session that the sign-up opened; `null` where the address must be confirmed first. */
  readonly sessionId: string | null
}

export interface SignInHookContext extends HookContext {
  /** Whose password was right. Not signed in yet: `lastSignInAt` is the sign-in before. */
  readonly user: LoadedUser
}

export interface SignedInHookContext extends HookContext {
  readonly user: LoadedUser
  readonly sessionId: string
}

export interface PasswordChangeHookContext extends HookContext {
  readonly user: LoadedUser
  /** `password_changed`: by whoever knew the present one. `password_reset`: with a mailed link. */
  readonly reason: 'password_changed' | 'password_reset'
}

export interface EmailConfirmHookContext extends HookContext {
  /** With the address that is proven now. */
  readonly user: LoadedUser
  /** What has proven it: the link of a confirmation, that of an address change, or that of a password reset. */
  readonly reason: 'email_confirmed' | 'email_changed' | 'password_reset'
}

/** Why a session ended. */
export type SessionEndReason =
  | 'sign_out'
  | 'revoked'
  | 'password_changed'
  | 'password_reset'
  | 'email_changed'
  | 'refresh_token_reused'
  | 'user_deleted'
  | 'user_disabled'

export interface SessionEndHookContext extends HookContext {
  readonly userId: string
  readonly sessionId: string
  readonly reason: SessionEndReason
}

export interface UserDeleteHookContext extends HookContext {
  /** After the deletion: as they were. */
  readonly user: LoadedUser
}

type Hook<Told extends HookContext> = (context: Told) => void | Promise<void>

/** Code of the application's own, by the moment at which it is called. Awaited; what it returns is passed over. */
export interface Hooks extends Record<HookName, Hook<never>> {
  readonly beforeSignUp: Hook<SignUpHookContext>
  readonly afterSignUp: Hook<SignedUpHookContext>
  readonly beforeSignIn: Hook<SignInHookContext>
  readonly afterSignIn: Hook<SignedInHookContext>
  readonly afterPasswordChange: Hook<PasswordChangeHookContext>
  readonly afterEmailConfirm: Hook<EmailConfirmHookContext>
  readonly afterSessionEnd: Hook<SessionEndHookContext>
  readonly beforeUserDelete: Hook<UserDeleteHookContext>
  readonly afterUserDelete: Hook<UserDeleteHookContext>
}

/** What hooks are called with. */
export interface HookDependencies {
  readonly given: Partial<Hooks>
  readonly timeoutMilliseconds: number
  /** Those that no answer waits for, as long as they run. They never reject. */
  readonly underWay: Set<Promise<void>>
  /** Told of what an after-hook throws. What a before-hook throws goes with the answer. */
  onFailure(name: HookName, error: unknown): void
}
