import type { HookName } from '../events/hook-names.js'
import type { LoadedUser } from '../tokens/loaded-user.js'
import type { Client } from './client.js'

/** What every hook is told. */
interface Occasion {
  /** Where the request came from. */
  readonly client: Client
  /** Aborted when the hook has taken longer than it may, and nobody waits for it any more. */
  readonly signal: AbortSignal
}

export interface SignUpOccasion extends Occasion {
  /** The canonical address. There is no user yet, and the address may be taken. */
  readonly email: string
  /** The canonical user name, which may be taken too; `null` where none was chosen. */
  readonly username: string | null
}

export interface SignedUpOccasion extends Occasion {
  readonly user: LoadedUser
  /** The session that the sign-up opened; `null` where the address must be confirmed first. */
  readonly sessionId: string | null
}

export interface SignInOccasion extends Occasion {
  /** Whose password was right. Not signed in yet: `lastSignInAt` is the sign-in before. */
  readonly user: LoadedUser
}

export interface SignedInOccasion extends Occasion {
  readonly user: LoadedUser
  readonly sessionId: string
}

export interface PasswordChangeOccasion extends Occasion {
  readonly user: LoadedUser
  /** `password_changed`: by whoever knew the present one. `password_reset`: with a mailed link. */
  readonly reason: 'password_changed' | 'password_reset'
}

export interface EmailConfirmOccasion extends Occasion {
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

export interface SessionEndOccasion extends Occasion {
  readonly userId: string
  readonly sessionId: string
  readonly reason: SessionEndReason
}

export interface UserDeleteOccasion extends Occasion {
  /** After the deletion: as they were. */
  readonly user: LoadedUser
}

type Hook<Told extends Occasion> = (occasion: Told) => void | Promise<void>

/** Code of the application's own, by the moment at which it is called. Awaited; what it returns is passed over. */
export interface Hooks extends Record<HookName, Hook<never>> {
  readonly beforeSignUp: Hook<SignUpOccasion>
  readonly afterSignUp: Hook<SignedUpOccasion>
  readonly beforeSignIn: Hook<SignInOccasion>
  readonly afterSignIn: Hook<SignedInOccasion>
  readonly afterPasswordChange: Hook<PasswordChangeOccasion>
  readonly afterEmailConfirm: Hook<EmailConfirmOccasion>
  readonly afterSessionEnd: Hook<SessionEndOccasion>
  readonly beforeUserDelete: Hook<UserDeleteOccasion>
  readonly afterUserDelete: Hook<UserDeleteOccasion>
}

/** What hooks are called with. */
export interface HookRooms {
  readonly given: Partial<Hooks>
  readonly timeoutMilliseconds: number
  /** Those that no answer waits for, as long as they run. They never reject. */
  readonly underWay: Set<Promise<void>>
  /** Told of what an after-hook throws. What a before-hook throws goes with the answer. */
  onFailure(name: HookName, error: unknown): void
}
