import type { AskingSession } from '../../storage/asking-session.js'
import type { EpochMilliseconds, OutboxMessageRecord } from '../../storage/records.js'
import type { StorageMethods } from '../../storage/storage-methods.js'

declare const brand: unique symbol

/** SHA-256 of the challenge of a ceremony (WebAuthn), base64url. */
export type ChallengeHash = string & { readonly [brand]: 'ChallengeHash' }

/** A passkey: a discoverable credential with user verification (WebAuthn Level 3). */
export interface PasskeyRecord {
  /** UUID, generated above the port. */
  readonly id: string
  readonly userId: string
  /** The credential id in base64url, at most 1,364 characters. Unique. Compared byte for byte. */
  readonly credentialId: string
  /** The public key (COSE_Key, RFC 9052) in base64url. */
  readonly publicKey: string
  /** The user handle in base64url: 32 random bytes. The authenticator returns it with every use. */
  readonly userHandle: string
  /** Chosen by the user. */
  readonly name: string
  /** The signature counter of the last use. 0 if the authenticator has none. At most 2³² − 1. */
  readonly counter: number
  /** Whether the passkey was backed up at its last use. */
  readonly backedUp: boolean
  /** How the browser reaches the authenticator. */
  readonly transports: readonly string[]
  readonly createdAt: EpochMilliseconds
  /** `null`: it has opened no session and reauthenticated none. */
  readonly lastUsedAt: EpochMilliseconds | null
}

/** A challenge that a proof spends. It is valid once, for all users together. */
export interface SpentChallenge {
  readonly challengeHash: ChallengeHash
  /** From this instant on, the challenge is refused above the port, and the storage may forget it. */
  readonly challengeExpiresAt: EpochMilliseconds
}

/**
 * The user has used the passkey, with user verification: both factors. Holds if the passkey is stored for the user and
 * `classifyPasskeyUse` finds nothing against it, otherwise it is `stale`; `spent` if the challenge was used before. If both
 * apply, it is `spent`. Then `counter` and `backedUp` are stored, `lastUsedAt` is the instant of the step, the challenge is
 * spent, and the session becomes one of the passkey.
 */
export interface PasskeyProof extends SpentChallenge {
  readonly credentialId: string
  readonly counter: number
  readonly backedUp: boolean
}

declare module '../sessions/port.js' {
  interface ProofsByKind {
    /** A first and a second factor. */
    readonly passkey: PasskeyProof
  }
}

/** A request to store a new passkey. */
export interface RegisterPasskey extends SpentChallenge {
  /** `lastUsedAt` is `null`. */
  readonly passkey: PasskeyRecord
  /** How many passkeys the user may have, this one included. At least 1. */
  readonly maximumPerUser: number
  readonly asking: AskingSession
  readonly messages: readonly OutboxMessageRecord[]
}

/** The outcome of storing a passkey. */
export interface PasskeyRegistration {
  /**
   * `spent`: the challenge was used before. `taken`: a passkey with this credential id is stored, of this user or another.
   * `limitReached`: the user has `maximumPerUser` passkeys. If several outcomes apply, it is the first in this order:
   * `sessionEnded`, `spent`, `taken`, `limitReached`.
   */
  readonly outcome: 'registered' | 'sessionEnded' | 'spent' | 'taken' | 'limitReached'
}

/** A request to rename a passkey of a user. */
export interface RenamePasskey {
  readonly passkeyId: string
  readonly userId: string
  readonly name: string
  readonly asking: AskingSession
}

/** The outcome of renaming a passkey. `unknown`: the user has no such passkey. `sessionEnded` takes precedence. */
export type PasskeyRenaming =
  | { readonly outcome: 'renamed'; readonly passkey: PasskeyRecord }
  | { readonly outcome: 'sessionEnded' }
  | { readonly outcome: 'unknown' }

/** A request to remove a passkey of a user. */
export interface RemovePasskey {
  readonly passkeyId: string
  readonly userId: string
  /** The requesting session, which stays. */
  readonly asking: AskingSession
  readonly now: EpochMilliseconds
  readonly messages: readonly OutboxMessageRecord[]
  /** The user can always sign in without stored credentials, such as with a mailed code. Then no passkey is the last way in. */
  readonly mayBeLast?: boolean
}

/** The outcome of removing a passkey. */
export type PasskeyRemoval =
  | { readonly outcome: 'removed'; readonly passkey: PasskeyRecord; readonly revokedSessionIds: readonly string[] }
  /** If several outcomes apply, it is the first in this order. */
  | { readonly outcome: 'sessionEnded' }
  /** The user has no such passkey. */
  | { readonly outcome: 'unknown' }
  /** The user has neither a password nor another passkey, nor a first factor of another feature. Never with `mayBeLast`. */
  | { readonly outcome: 'lastSignInMethod' }

/** A request to end the sessions of a passkey. */
export interface EndPasskeySessions {
  readonly passkeyId: string
  readonly userId: string
  readonly now: EpochMilliseconds
  readonly messages: readonly OutboxMessageRecord[]
}

/**
 * Passkeys. Every method is one atomic step; none reads a clock. Writing methods lock the user first, as `sessions.open` does.
 * The *sessions of a passkey* are the stored sessions that were opened or reauthenticated with it.
 */
export interface PasskeyStore {
  /** Stores a passkey and the messages, and spends the challenge. Nothing is written unless the outcome is `registered`. */
  register(request: RegisterPasskey): Promise<PasskeyRegistration>

  /** Returns the passkey of any user; `null` if there is none. */
  findByCredentialId(request: { readonly credentialId: string }): Promise<PasskeyRecord | null>

  /** Returns all passkeys of the user, in ascending order of `createdAt` (ties: of `id`). */
  list(request: { readonly userId: string }): Promise<readonly PasskeyRecord[]>

  /** Renames a passkey. Nothing is written unless the outcome is `renamed`. */
  rename(request: RenamePasskey): Promise<PasskeyRenaming>

  /**
   * Removes a passkey and stores the messages. The same step ends the sessions of the passkey, except the requesting one, as
   * `sessions.revoke` does. Nothing is written unless the outcome is `removed`.
   */
  remove(request: RemovePasskey): Promise<PasskeyRemoval>

  /**
   * Ends the sessions of a passkey, as `sessions.revoke` does. Stores the messages, but only if the user has the passkey. The
   * passkey stays.
   */
  endSessions(request: EndPasskeySessions): Promise<{ readonly revokedSessionIds: readonly string[] }>
}

/** The methods of the storage that passkeys need. */
export const passkeyMethods = {
  passkeys: ['register', 'findByCredentialId', 'list', 'rename', 'remove', 'endSessions'],
} as const satisfies StorageMethods
