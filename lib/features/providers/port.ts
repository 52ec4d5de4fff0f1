import type { AskingSession } from '../../storage/asking-session.js'
import type { EpochMilliseconds, OneTimeTokenRecord, OutboxMessageRecord, UserRecord } from '../../storage/records.js'
import type { StorageMethods } from '../../storage/storage-methods.js'
import type { UserAdditions } from '../accounts/port.js'
import type { ProvenAddress } from '../email/port.js'

/** Issuer and subject together identify a user of a provider. */
export interface IdentityKey {
  /** The issuer (OpenID Connect Core, section 2), or the fixed name of a provider without one. At most 500 characters. */
  readonly issuer: string
  /** 1 to 255 characters. Compared byte for byte, like the issuer. */
  readonly subject: string
}

/** A user's account at a provider, with which the user can sign in. */
export interface IdentityRecord extends IdentityKey {
  /** UUID, generated above the port. */
  readonly id: string
  readonly userId: string
  /** The name of the provider in the application's options. */
  readonly provider: string
  /** What the provider last said about the address; `null` if it gave none. */
  readonly email: string | null
  readonly createdAt: EpochMilliseconds
  /** `null`: it has opened no session. */
  readonly lastUsedAt: EpochMilliseconds | null
}

/** A provider has identified the user. Holds if the identity is stored for the user, otherwise it is `stale`. Then `lastUsedAt` is the instant of the step. */
export interface IdentityProof extends IdentityKey {}

declare module '../sessions/port.js' {
  interface ProofsByKind {
    /** A first factor. */
    readonly identity: IdentityProof
  }
}

/** A request to store a new user with an identity. */
export interface SignUpWithIdentity {
  readonly user: UserRecord
  /** Its `userId` is the id of the user. */
  readonly identity: IdentityRecord
  /** The one-time token that the sign-up issues; `null` if there is none. */
  readonly token: OneTimeTokenRecord | null
  readonly messages: readonly OutboxMessageRecord[]
  /** Stored instead of everything else if the outcome is `emailTaken`, as in `users.create`. */
  readonly messagesIfTaken: readonly OutboxMessageRecord[]
  readonly additions?: UserAdditions
}

/** The outcome of storing a new user with an identity. If several apply, it is the first in this order. */
export interface IdentitySignUp {
  readonly outcome: 'identityTaken' | 'emailTaken' | 'idTaken' | 'usernameTaken' | 'created'
}

/** A request to store an identity for the account that has its proven address. */
export interface AdoptIdentity {
  /** Its `userId` is the id of the account. */
  readonly identity: IdentityRecord
  /** The canonical address, which the provider has proven. */
  readonly email: string
  /** Whether the identity may be stored for an account whose own address is proven. */
  readonly mayLinkProven: boolean
  readonly now: EpochMilliseconds
  readonly messages: readonly OutboxMessageRecord[]
}

/** The outcome of storing an identity for the account that has its address. If several apply, it is the first in this order. */
export type IdentityAdoption =
  /** The identity is stored already, for this user or another. */
  | { readonly outcome: 'identityTaken' }
  /** The user is deleted or disabled, or has another address now. */
  | { readonly outcome: 'stale' }
  /** The address of the account is proven, and `mayLinkProven` is `false`. */
  | { readonly outcome: 'refused' }
  | ({ readonly outcome: 'linked' } & ProvenAddress)

/** A request of a session to store an identity for its user. */
export interface LinkIdentity {
  readonly identity: IdentityRecord
  /** How many identities the user may have, this one included. At least 1. */
  readonly maximumPerUser: number
  readonly asking: AskingSession
  readonly messages: readonly OutboxMessageRecord[]
}

/** The outcome of storing an identity. If several apply, it is the first in this order. */
export interface IdentityLinking {
  /** `present`: it is stored for this user. `identityTaken`: it is stored for another user. */
  readonly outcome: 'sessionEnded' | 'present' | 'identityTaken' | 'limitReached' | 'linked'
}

/** A request to remove an identity of a user. */
export interface UnlinkIdentity {
  readonly identityId: string
  readonly userId: string
  /** The requesting session, which stays. */
  readonly asking: AskingSession
  readonly now: EpochMilliseconds
  readonly messages: readonly OutboxMessageRecord[]
  /** The user can always sign in without stored credentials, such as with a mailed code. Then no identity is the last way in. */
  readonly mayBeLast?: boolean
}

/** The outcome of removing an identity. If several apply, it is the first in this order. */
export type IdentityUnlinking =
  | { readonly outcome: 'sessionEnded' }
  /** The user has no such identity. */
  | { readonly outcome: 'unknown' }
  /** The user has no other first factor, of any feature. Never with `mayBeLast`. */
  | { readonly outcome: 'lastSignInMethod' }
  | { readonly outcome: 'unlinked'; readonly identity: IdentityRecord; readonly revokedSessionIds: readonly string[] }

/**
 * Identities at providers. Every method is one atomic step; none reads a clock. Exactly one of several concurrent calls stores an
 * identity. Writing methods lock the user first, as `sessions.open` does.
 */
export interface IdentityStore {
  /** Returns the identity of any user; `null` if there is none. */
  find(request: IdentityKey): Promise<IdentityRecord | null>

  /** Returns the identities of the user, in ascending order of `createdAt` (ties: of `id`). */
  list(request: { readonly userId: string }): Promise<readonly IdentityRecord[]>

  /** Stores a user with an identity, as `users.create` does. Nothing is written unless the outcome is `created`, except `messagesIfTaken`. */
  signUp(request: SignUpWithIdentity): Promise<IdentitySignUp>

  /**
   * Stores an identity for an account with the same address. If the address of the account was unproven, the same step proves it
   * and removes what the account had before, as `signInCodes.tryCode` does. Nothing is written unless the outcome is `linked`.
   */
  adopt(request: AdoptIdentity): Promise<IdentityAdoption>

  /** Stores an identity for the user of a session. Nothing is written unless the outcome is `linked`. */
  link(request: LinkIdentity): Promise<IdentityLinking>

  /**
   * Removes an identity. The same step ends the other sessions of the user whose methods include `provider`, as `sessions.revoke`
   * does. Nothing is written unless the outcome is `unlinked`.
   */
  unlink(request: UnlinkIdentity): Promise<IdentityUnlinking>
}

/** A sign-in at a provider that a client claims, so that no other request continues it. */
export interface ClaimProviderFlow {
  /** SHA-256 of a secret of the flow, base64url. */
  readonly flowId: string
  readonly now: EpochMilliseconds
  /** From this instant on, the flow is refused above the port, and the storage may forget it. */
  readonly expiresAt: EpochMilliseconds
}

/** The outcome of claiming a flow. `pending`: another request has claimed it, and not settled it yet. */
export type ProviderFlowClaim =
  | { readonly outcome: 'claimed' | 'pending' }
  | { readonly outcome: 'settled'; readonly result: string }

/** The result of a claimed flow, for further requests with it. */
export interface SettleProviderFlow {
  readonly flowId: string
  /** At most 4,096 characters. The storage does not interpret it. */
  readonly result: string
  readonly now: EpochMilliseconds
}

/** The outcome of taking a result. `unknown`: there is no such flow, or its result was taken before. */
export type ProviderFlowTaking =
  | { readonly outcome: 'taken'; readonly result: string }
  | { readonly outcome: 'unknown' }

/** Sign-ins at providers that are under way. Every method is one atomic step; none reads a clock. */
export interface ProviderFlowStore {
  /** Claims a flow. Of any number of concurrent calls, one is `claimed`. An expired flow that is still stored counts as stored. */
  claim(request: ClaimProviderFlow): Promise<ProviderFlowClaim>

  /** Stores the result of a claimed flow. `unknown`: it is not stored, or has a result. */
  settle(request: SettleProviderFlow): Promise<{ readonly outcome: 'settled' | 'unknown' }>

  /** Removes the flow and returns its result. Of any number of concurrent calls, one gets it. */
  take(request: { readonly flowId: string; readonly now: EpochMilliseconds }): Promise<ProviderFlowTaking>
}

/** The methods of the storage that providers need. */
export const providerMethods = {
  identities: ['find', 'list', 'signUp', 'adopt', 'link', 'unlink'],
  providerFlows: ['claim', 'settle', 'take'],
} as const satisfies StorageMethods
